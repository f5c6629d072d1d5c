package io.zeroui.contracts.boundaries;

import java.util.Locale;

/**
 * What kind of data something holds. Every table, folder and payload component has
 * exactly one; {@link PlaneMatrix} says where it may be.
 */
public enum DataClass {

    /** Whole receipts, as their emitter signed them. */
    RECEIPT_BODY,

    /** What receipts are found, ordered, counted and verified by: ids, hashes, times, positions, counts. */
    RECEIPT_METADATA,

    /** A tenant's redacted context: exports, snapshots, their vectors. */
    TENANT_CONTEXT,

    /** Policy bundles, snapshots, releases and what is known of them. */
    POLICY,

    /** Registries for all tenants: providers, allowlists, adapter versions, supply chain. */
    REGISTRY,

    /** What the shared plane has ruled and signed: which providers may be used, which evaluations were passed. */
    RULING,

    /** Which tenants and edges there are, and in which state; nothing of what they do. */
    TENANT_REGISTRY,

    /** What planes say of their health: states, lags, counts; never a payload. */
    TELEMETRY,

    /** Where a secret is kept, never the secret. */
    SECRET_REFERENCE,

    /** Who may call the plane and who did: hashes of credentials, audit records; never a secret. */
    ACCESS_CONTROL,

    /** A plane's own bookkeeping: watermarks, epochs, workflow state. */
    PLANE_STATE;

    private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in catalogues, for example {@code receipt-metadata}. */
    public String key() {
        return key;
    }

    /**
     * The class with the given key.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static DataClass ofKey(String key) {
        for (DataClass dataClass : values()) {
            if (dataClass.key.equals(key)) {
                return dataClass;
            }
        }
        throw new IllegalArgumentException("no such data class: " + key);
    }
}
