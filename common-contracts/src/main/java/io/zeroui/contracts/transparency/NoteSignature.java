package io.zeroui.contracts.transparency;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.signature.Ed25519;

/**
 * One signature of a note (https://c2sp.org/signed-note), by whatever kind of key: em dash, space, key name, space, and in
 * base64 the key's id and the signature.
 *
 * @param keyName of whoever signed
 * @param keyId the four bytes, big-endian, that with the name say which key it was
 * @param bytes what the key's algorithm made, at least one byte; nobody changes them
 */
public record NoteSignature(String keyName, int keyId, byte[] bytes) {

    private static final String DASH = "\u2014 ";
    private static final int COSIGNATURE_LENGTH = Long.BYTES + Ed25519.SIGNATURE_LENGTH;

    public NoteSignature {
        NoteText.requireName(keyName);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a signature is not empty");
        }
    }

    /**
     * Reads a line, without its newline.
     *
     * @throws IllegalArgumentException when it does not have exactly that form
     */
    public static NoteSignature parse(String line) {
        int space = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || space < 0) {
            throw new IllegalArgumentException("a signature line is an em dash, a key name and base64");
        }
        byte[] idAndBytes = NoteText.base64(line.substring(space + 1));
        if (idAndBytes.length <= Integer.BYTES) {
            throw new IllegalArgumentException("a signature has four bytes of key id and more");
        }
        return new NoteSignature(line.substring(DASH.length(), space), ByteBuffer.wrap(idAndBytes).getInt(),
                Arrays.copyOfRange(idAndBytes, Integer.BYTES, idAndBytes.length));
    }

    /** The line, without newline. */
    public String line() {
        byte[] idAndBytes = ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(keyId).put(bytes).array();
        return DASH + keyName + ' ' + NoteText.base64(idAndBytes);
    }

    /**
     * When a cosignature was made, in seconds since 1970-01-01T00:00Z (https://c2sp.org/tlog-cosignature). To be believed
     * of a verified signature by a {@link VerifierKey#COSIGNATURE_V1} key only.
     *
     * @throws IllegalArgumentException when the bytes are not 8 of a time, at most 2^63 - 1, and 64 of a signature
     */
    public long cosignedAtSeconds() {
        long seconds = bytes.length == COSIGNATURE_LENGTH ? ByteBuffer.wrap(bytes).getLong() : -1;
        if (seconds < 0) {
            throw new IllegalArgumentException("the signature is not a time and an Ed25519 signature");
        }
        return seconds;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteSignature that && keyName.equals(that.keyName) && keyId == that.keyId
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * keyName.hashCode() + keyId) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return line();
    }
}
