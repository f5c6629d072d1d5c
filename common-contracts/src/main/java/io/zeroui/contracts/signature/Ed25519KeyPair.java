package io.zeroui.contracts.signature;

/**
 * A private key and its public key.
 *
 * @param privateKey signs
 * @param publicKey verifies
 */
public record Ed25519KeyPair(Ed25519PrivateKey privateKey, Ed25519PublicKey publicKey) {
}
