package io.zeroui.contracts.signature;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.identity.Kid;

/** The public keys that are trusted. Called for every receipt, by many threads: it must be fast and must not block long. */
@FunctionalInterface
public interface TrustStore {

    /** The key, or null when no key of that id is trusted. */
    @Nullable
    Ed25519PublicKey find(Kid kid);
}
