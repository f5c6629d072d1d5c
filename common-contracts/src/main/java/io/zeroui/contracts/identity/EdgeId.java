package io.zeroui.contracts.identity;

/** An edge: one installation of the IDE plane, kebab-case. {@code dead-letters} is reserved in stream keys. */
public record EdgeId(String value) {

    public EdgeId {
        Names.requireKebab("edge id", value);
        if (value.equals("dead-letters")) {
            throw new IllegalArgumentException("edge id must not be the reserved name " + value);
        }
    }

    /**
     * The checked identifier.
     *
     * @throws IllegalArgumentException when the value does not have the form of a edge id
     */
    public static EdgeId of(String value) {
        return new EdgeId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
