package io.zeroui.tenant.evidence.access;

import java.util.Locale;

/** What somebody did with evidence. */
public enum EvidenceAction {
    /** Read one receipt. */
    READ,
    /** Checked one receipt. */
    VERIFY,
    /** Got the proof of one receipt. */
    PROVE,
    /** Searched. */
    SEARCH,
    /** Counted. */
    AGGREGATE,
    /** Followed parents and children of a receipt. */
    FLOW,
    /** Read a hash chain. */
    CHAIN,
    /** Read a stretch of the ledger in its order. */
    LEDGER,
    /** Checked many receipts. */
    VERIFY_RANGE,
    /** Read a courier batch, its proofs or an emitter's gaps. */
    COURIER,
    /** Asked for an export. */
    EXPORT,
    /** Wrote an export's file, in the name of who asked for it. */
    EXPORT_RUN,
    /** Fetched an export's file. */
    EXPORT_DOWNLOAD,
    /** Read these records. */
    ACCESS;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As it stands in records, for example {@code verify_range}. */
    public String key() {
        return key;
    }
}
