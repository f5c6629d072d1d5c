package io.zeroui.contracts.signature;

import io.zeroui.contracts.identity.Kid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The public keys that are trusted. Called for every receipt, by many threads: it must be fast and must not block long. */
@FunctionalInterface
public interface TrustStore {

    /** The key, or null when no key of that id is trusted. Whether it was trusted at a time, {@link #objection} says. */
    @Nullable
    Ed25519PublicKey find(Kid kid);

    /**
     * What speaks against a good signature; null when nothing does.
     *
     * @param key what {@link #find} gave
     * @param takenIn when the signed document was taken in, by the clock of who took it in and not by its own word
     */
    default @Nullable KeyObjection objection(Kid kid, Ed25519PublicKey key, Instant takenIn) {
        return null;
    }
}
