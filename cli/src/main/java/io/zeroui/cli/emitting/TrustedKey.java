package io.zeroui.cli.emitting;

import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.Ed25519PublicKey;

/**
 * A key whose public half the edge trusts.
 *
 * @param kid its id
 * @param privateKey signs
 */
record TrustedKey(Kid kid, Ed25519PrivateKey privateKey) {

    private static final int FINGERPRINT_LENGTH = 8;

    /**
     * The key that this state folder keeps under a name; made and registered on first use. Where the fabric already trusts
     * another key of that name (an older state folder's), this one gets its fingerprint as an addition to its id.
     */
    static TrustedKey ofState(RunningSystem system, String name) {
        ZuRoot zuRoot = system.zuRoot();
        KeyFiles files = new KeyFiles(system.keyFolder());
        Kid kept = Kid.of(name);
        Ed25519PrivateKey key = files.find(kept).orElseGet(() -> files.create(kept));
        Ed25519PublicKey publicKey = key.publicKey();
        Kid kid = KeyFiles.isFree(zuRoot.ideTrust(kept), publicKey) ? kept : Kid.of(name + "-" + fingerprint(publicKey));
        KeyFiles.register(zuRoot.ideTrust(kid), publicKey);
        return new TrustedKey(kid, key);
    }

    /** A new key that is kept nowhere; its id is the prefix and its fingerprint. */
    static TrustedKey forOnce(RunningSystem system, String prefix) {
        Ed25519KeyPair keys = Ed25519.newKeyPair();
        Kid kid = Kid.of(prefix + "-" + fingerprint(keys.publicKey()));
        KeyFiles.register(system.zuRoot().ideTrust(kid), keys.publicKey());
        return new TrustedKey(kid, keys.privateKey());
    }

    private static String fingerprint(Ed25519PublicKey key) {
        return Hash.of(key.raw()).hex().substring(0, FINGERPRINT_LENGTH);
    }
}
