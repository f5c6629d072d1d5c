package io.zeroui.contracts.identity;

/** The id of a public key, {@code [A-Za-z0-9._-]{1,128}} but not {@code .} or {@code ..}: safe as a file name. */
public record Kid(String value) {

    private static final int MAX_LENGTH = 128;

    public Kid {
        if (!Names.isToken(value, MAX_LENGTH, "") || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("kid must be 1 to " + MAX_LENGTH
                    + " of A-Z, a-z, 0-9, '.', '_' and '-', and not '.' or '..'");
        }
    }

    /**
     * The checked key id.
     *
     * @throws IllegalArgumentException when the value does not have the form of a key id
     */
    public static Kid of(String value) {
        return new Kid(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
