package io.zeroui.product.policy.index;

/**
 * Fingerprint of the index of policies.
 *
 * @param rows acts, versions and bundles
 * @param digest SHA-256 over the SHA-256 of every row in the order of their keys; hex
 */
public record IndexDigest(long rows, String digest) {
}
