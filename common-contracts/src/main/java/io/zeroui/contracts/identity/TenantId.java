package io.zeroui.contracts.identity;

/** A tenant, kebab-case. */
public record TenantId(String value) {

    /** Tenant of the probe receipts by which the system tests itself; no real tenant may have this name. */
    public static final TenantId SELFCHECK = new TenantId("zeroui-selfcheck");

    /** Tenant of an edge that was not enrolled for anybody: development on one machine. */
    public static final TenantId DEFAULT = new TenantId("local");

    /** In whose dead-letter folder is kept what names a tenant that does not exist; no real tenant may have this name. */
    public static final TenantId UNKNOWN = new TenantId("zeroui-unknown");

    public TenantId {
        Names.requireKebab("tenant id", value);
    }

    /**
     * The checked identifier.
     *
     * @throws IllegalArgumentException when the value does not have the form of a tenant id
     */
    public static TenantId of(String value) {
        return new TenantId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
