package io.zeroui.product.vectors.text;

import io.zeroui.product.vectors.model.VectorProblem;

/** Name of a document, unique in its collection: 1 to 256 printable characters, as its makers like it. */
public record DocumentId(String value) {

    private static final int LENGTH_MOST = 256;

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

    @Override
    public String toString() {
        return value;
    }
}
