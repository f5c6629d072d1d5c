package io.zeroui.tenant.evidence.export;

import io.zeroui.contracts.identity.TenantId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An export.
 *
 * @param requestedBy who asked for it, {@code key:…} or {@code token:…}
 * @param requestedAt when, in whole microseconds; of one tenant no two are the same
 * @param moment of which the rows are; null before it has run
 * @param file what it has; null unless it is done
 * @param end why and when it failed or expired, or why it is tried again; null else
 */
public record Export(ExportId id, TenantId tenant, State state, ExportWish wish, String requestedBy, Instant requestedAt,
        @Nullable Moment moment, @Nullable File file, @Nullable End end) {

    /** How far it is. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        EXPIRED;

        private final String key = name().toLowerCase(Locale.ROOT);

        /** As it is written in answers. */
        public String key() {
            return key;
        }
    }

    /**
     * Of what moment the rows are.
     *
     * @param pin the tenant's last ledger sequence
     * @param rows expected
     */
    public record Moment(long pin, long rows) {
    }

    /**
     * The file.
     *
     * @param sha256 of its bytes, hex
     */
    public record File(long rows, long bytes, String sha256, Instant expiresAt) {
    }

    /**
     * Why.
     *
     * @param reason for programs
     * @param detail for people
     */
    public record End(Reason reason, String detail, Instant at) {
    }

    /** Why an export has failed or expired, or is tried again. */
    public enum Reason {
        /** A stored line is not what was acknowledged. */
        HASH_MISMATCH,
        /** The tenant's files would be more than they may be. */
        TOO_LARGE,
        /** The disk has no room that exports may take. */
        NO_ROOM,
        /** Index or files did not answer. */
        UNAVAILABLE,
        /** The index changed while it was read. */
        INDEX_CHANGED,
        /** A receipt was erased that the file may have had. */
        ERASURE,
        /** It was kept long enough. */
        AGE,
        /** The tenant is deleted. */
        TENANT_DELETED,
        /** Somebody removed the file. */
        FILE_GONE,
        /** A fault of ours. */
        INTERNAL;

        private final String key = name().toLowerCase(Locale.ROOT);

        /** As it is written in answers. */
        public String key() {
            return key;
        }
    }

    static Export asked(ExportId id, TenantId tenant, ExportWish wish, String by, Instant at) {
        return new Export(id, tenant, State.QUEUED, wish, by, at, null, null, null);
    }

    /** Whether it is queued or running. */
    public boolean isUnderWay() {
        return state == State.QUEUED || state == State.RUNNING;
    }

    Export running() {
        return new Export(id, tenant, State.RUNNING, wish, requestedBy, requestedAt, null, null, null);
    }

    Export of(Moment when) {
        return new Export(id, tenant, state, wish, requestedBy, requestedAt, when, null, null);
    }

    Export done(File written) {
        return new Export(id, tenant, State.DONE, wish, requestedBy, requestedAt, moment, written, null);
    }

    /** Waiting again, with the reason of the failure before where there was one. */
    Export queued(@Nullable End before) {
        return new Export(id, tenant, State.QUEUED, wish, requestedBy, requestedAt, null, null, before);
    }

    /** Nothing of the file stays: its hash could be that of one erased line. */
    Export ended(State how, End why) {
        return new Export(id, tenant, how, wish, requestedBy, requestedAt, moment, null, why);
    }
}
