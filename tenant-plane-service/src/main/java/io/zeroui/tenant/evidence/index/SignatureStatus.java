package io.zeroui.tenant.evidence.index;

import java.util.Locale;

/** Outcome of a signature check, as the evidence API names it. */
public enum SignatureStatus {
    VERIFIED,
    FAILED,
    NOT_PRESENT,
    KID_REVOKED,
    KID_UNKNOWN;

    /** The name in tables and answers. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
