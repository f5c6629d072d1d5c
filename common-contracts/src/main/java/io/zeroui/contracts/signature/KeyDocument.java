package io.zeroui.contracts.signature;

import io.zeroui.contracts.identity.Kid;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a public key beside the key itself: since when and until when it is valid, and whether it was revoked. It
 * lies beside the key as {@code {kid}.json}; a key without one is valid without limits. {@link KeyDocumentCodec} has the format.
 *
 * @param kid the key's id
 * @param fingerprint of the key, {@link Ed25519PublicKey#fingerprint()}: a file with another key is not believed; null where who
 *            wrote the document did not know the key, only its id
 * @param validFrom the first moment at which a ledger may take in what it signed; null for no limit
 * @param validUntil the moment from which on it may not any more; null for no limit
 * @param revocation the end of all trust; null while there is none
 * @param replacedBy the key that its owner signs with instead; only for people
 * @param origin where the document comes from; null for one that was written here
 */
public record KeyDocument(Kid kid, @Nullable String fingerprint, @Nullable Instant validFrom, @Nullable Instant validUntil,
        @Nullable Revocation revocation, @Nullable Kid replacedBy, @Nullable Origin origin) {

    /** How far the clocks of an emitter's owner and of a ledger may differ: both ends of a validity are wider by it. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /**
     * A revocation.
     *
     * @param at when it was said
     * @param compromisedSince from when on signatures count for nothing, by the time of who took them in; not after {@code at}
     * @param reason why, for people: 1 to 200 characters without control characters
     */
    public record Revocation(Instant at, Instant compromisedSince, String reason) {

        /** Most characters of a reason. */
        public static final int REASON_MOST = 200;

        public Revocation {
            if (compromisedSince.isAfter(at)) {
                throw new IllegalArgumentException("compromised_since is after revoked_at");
            }
            if (reason.isBlank() || reason.length() > REASON_MOST || reason.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "a revocation's reason has 1 to " + REASON_MOST + " characters and no control characters");
            }
        }
    }

    /**
     * The registry's entry that the document repeats.
     *
     * @param epoch which registry
     * @param version of the entry; of two documents of one epoch the higher one is true
     */
    public record Origin(String epoch, long version) {

        public Origin {
            if (epoch.isBlank() || epoch.length() > 100 || version < 1) {
                throw new IllegalArgumentException("not an entry of a registry");
            }
        }
    }

    public KeyDocument {
        if (fingerprint != null && !Ed25519PublicKey.isFingerprint(fingerprint)) {
            throw new IllegalArgumentException("a fingerprint has the form sha256:{64 hex digits}");
        }
        if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
            throw new IllegalArgumentException("valid_until is not after valid_from");
        }
        if (kid.equals(replacedBy)) {
            throw new IllegalArgumentException("a key does not replace itself");
        }
    }

    /** The document of a key that is valid without limits. */
    public static KeyDocument of(Kid kid, Ed25519PublicKey key) {
        return new KeyDocument(kid, key.fingerprint(), null, null, null, null, null);
    }

    /** The same, revoked. */
    public KeyDocument revoked(Revocation how) {
        return new KeyDocument(kid, fingerprint, validFrom, validUntil, how, replacedBy, origin);
    }

    /** The same of this key, where its fingerprint was not known. */
    public KeyDocument of(@Nullable String known) {
        return fingerprint != null || known == null ? this
                : new KeyDocument(kid, known, validFrom, validUntil, revocation, replacedBy, origin);
    }

    /** Whether it says more than which key it is. */
    public boolean hasLimits() {
        return validFrom != null || validUntil != null || revocation != null;
    }

    /** What speaks against the key's signature on something that was taken in at that time; null when nothing does. */
    public @Nullable KeyObjection objection(Ed25519PublicKey key, Instant takenIn) {
        if (fingerprint != null && !fingerprint.equals(key.fingerprint())) {
            return KeyObjection.SWAPPED;
        }
        if (revocation != null && !takenIn.isBefore(revocation.compromisedSince())) {
            return KeyObjection.REVOKED;
        }
        if (validFrom != null && takenIn.plus(CLOCK_SKEW).isBefore(validFrom)) {
            return KeyObjection.NOT_YET_VALID;
        }
        return validUntil != null && !takenIn.isBefore(validUntil.plus(CLOCK_SKEW)) ? KeyObjection.EXPIRED : null;
    }

    /**
     * Whether this document may take the place of one that is there. Of two statements of one registry the newer one counts;
     * a revocation that was written here, or that another registry or an earlier life of this one stated, is neither undone
     * nor moved to a later time; another key never counts.
     */
    public boolean supersedes(KeyDocument there) {
        boolean isOtherKey = fingerprint != null && there.fingerprint != null && !fingerprint.equals(there.fingerprint);
        if (isOtherKey || !kid.equals(there.kid)) {
            return false;
        }
        if (origin != null && there.origin != null && origin.epoch().equals(there.origin.epoch())) {
            return origin.version() > there.origin.version();
        }
        return there.revocation == null || revocation != null
                && !revocation.compromisedSince().isAfter(there.revocation.compromisedSince());
    }
}
