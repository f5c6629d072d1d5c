package io.zeroui.product.vectors.model;

import java.util.regex.Pattern;

/** Name of a collection or of an alias, unique within a tenant: 1 to 128 of letters, digits, {@code _ - .}, first no punctuation. */
public record CollectionName(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    /**
     * The checked name.
     *
     * @throws io.zeroui.runtime.problems.ProblemException 400 where it cannot be one
     */
    public CollectionName {
        if (!FORM.matcher(value).matches()) {
            throw VectorProblem.invalid("collection_name", "must be 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.', and begin with a letter or digit");
        }
    }

    /** The checked name. */
    public static CollectionName of(String value) {
        return new CollectionName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
