package io.zeroui.shared.providers.publication;

import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.runtime.security.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;

/** The key that rulings are signed with. */
final class RulingsKey {

    private RulingsKey() {
    }

    /**
     * Reads a key file. Blocking.
     *
     * @throws IOException when it cannot be read, or others can read it too
     * @throws IllegalArgumentException when it is none; the message has no key
     */
    static MetadataSigner read(Path file) throws IOException {
        try {
            Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(HexFormat.of().parseHex(SecretFile.read(file).strip()));
            return MetadataSigner.of(new Ed25519KeyPair(key, key.publicKey()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is not a seed of 64 hex digits");
        }
    }
}
