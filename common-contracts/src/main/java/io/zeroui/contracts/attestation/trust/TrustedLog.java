package io.zeroui.contracts.attestation.trust;

import java.util.Arrays;

/**
 * A transparency log, of signatures or of certificates.
 *
 * @param url which it is, in words
 * @param key signs its checkpoints and promises
 * @param id its 32 bytes, of which checkpoints name the first four; nobody changes them
 * @param validity when an entry of it is believed
 */
public record TrustedLog(String url, VerifyingKey key, byte[] id, Validity validity) {

    /** Whether an entry names this log. */
    public boolean isNamedBy(byte[] logId) {
        return Arrays.equals(id, logId);
    }
}
