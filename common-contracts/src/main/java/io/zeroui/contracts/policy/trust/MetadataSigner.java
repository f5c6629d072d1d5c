package io.zeroui.contracts.policy.trust;

import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PublicKey;

/** Signs with one key of a role, wherever the key is: in a file, or in a service that never gives it away. */
public interface MetadataSigner {

    /** The key that the signatures are checked with. */
    Ed25519PublicKey publicKey();

    /** Ed25519 over the bytes; 64 bytes. May block. */
    byte[] sign(byte[] message);

    /** Signs with a key that is in memory. */
    static MetadataSigner of(Ed25519KeyPair keys) {
        return new MetadataSigner() {
            @Override
            public Ed25519PublicKey publicKey() {
                return keys.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return Ed25519.sign(keys.privateKey(), message);
            }
        };
    }
}
