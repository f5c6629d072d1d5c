package io.zeroui.contracts.policy.trust;

import io.zeroui.contracts.receipts.Hash;

/**
 * What one document promises of another.
 *
 * @param version of the other
 * @param length in bytes
 * @param sha256 of its bytes
 */
public record FileMeta(long version, int length, Hash sha256) {

    public FileMeta {
        Versions.require(version);
        if (length < 1) {
            throw new IllegalArgumentException("a document has at least one byte");
        }
    }

    /** What is promised of these bytes. */
    public static FileMeta of(long version, byte[] document) {
        return new FileMeta(version, document.length, Hash.of(document));
    }

    /** @throws PolicyRefused when the bytes are not the promised ones */
    public void require(byte[] document) throws PolicyRefused {
        if (document.length > length) {
            throw new PolicyRefused(PolicyObjection.TOO_LARGE, document.length + " bytes where " + length + " were promised");
        }
        if (document.length != length || !Hash.of(document).equals(sha256)) {
            throw new PolicyRefused(PolicyObjection.WRONG_HASH, "the bytes are not those that were promised");
        }
    }
}
