package io.zeroui.runtime.policy.bundles;

import io.zeroui.contracts.receipts.Hash;

/**
 * A bundle as it is sent.
 *
 * @param revision what its manifest names it, and an OPA that has it reports
 * @param etag strong, in quotation marks: SHA-256 of the bytes
 * @param bytes gzip of a tarball
 */
public record PolicyBundle(String revision, String etag, byte[] bytes) {

    /** The media type by which OPA knows that it may wait for what is new. */
    public static final String MEDIA_TYPE = "application/vnd.openpolicyagent.bundles";

    static PolicyBundle of(String revision, byte[] bytes) {
        return new PolicyBundle(revision, "\"" + Hash.of(bytes).hex() + "\"", bytes);
    }
}
