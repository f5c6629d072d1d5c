package io.zeroui.product.vectors.text;

import io.zeroui.product.vectors.model.VectorProblem;

/** Name of a document, unique in its collection: 1 to 256 printable characters, as its makers like it. */
public record DocumentId(String value) {

    private static final int LENGTH_MOST = 256;
    private static final String RESERVED = "context/";

    /**
     * The checked id.
     *
     * @throws io.zeroui.runtime.problems.ProblemException 400 where it cannot be one
     */
    public DocumentId {
        if (value.isBlank() || value.length() > LENGTH_MOST || value.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
            throw VectorProblem.invalid("document", "must have 1 to " + LENGTH_MOST + " printable characters");
        }
    }

    /**
     * The id of a document that callers may write and delete.
     *
     * @throws io.zeroui.runtime.problems.ProblemException 400 where it cannot be one, or is that of an export of context
     */
    static DocumentId writable(String value) {
        if (value.startsWith(RESERVED)) {
            throw VectorProblem.invalid("document", "must not begin with " + RESERVED + ": exports of context are withdrawn where they were made");
        }
        return new DocumentId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
