package io.zeroui.contracts.identity;

/** The organisation whose registries a shared plane keeps, kebab-case. */
public record OrganisationId(String value) {

    public OrganisationId {
        Names.requireKebab("organisation", value);
    }

    /**
     * The checked identifier.
     *
     * @throws IllegalArgumentException when the value does not have the form of an organisation's id
     */
    public static OrganisationId of(String value) {
        return new OrganisationId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
