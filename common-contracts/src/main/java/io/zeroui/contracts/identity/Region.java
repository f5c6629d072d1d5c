package io.zeroui.contracts.identity;

/** A region of the storage fabric, kebab-case. */
public record Region(String value) {

    /** The region of a single machine. */
    public static final Region LOCAL = new Region("local");

    public Region {
        Names.requireKebab("region", value);
    }

    /**
     * The checked identifier.
     *
     * @throws IllegalArgumentException when the value does not have the form of a region
     */
    public static Region of(String value) {
        return new Region(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
