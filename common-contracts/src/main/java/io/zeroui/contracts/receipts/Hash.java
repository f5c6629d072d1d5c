package io.zeroui.contracts.receipts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 hash. Equal by content.
 *
 * @param bytes its 32 bytes; nobody changes them
 */
public record Hash(byte[] bytes) {

    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    /** 32 zero bytes: what stands before the first of a chain. */
    public static final Hash ZERO = new Hash(new byte[LENGTH]);

    private static final String PREFIX = "sha256:";

    public Hash {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + bytes.length);
        }
    }

    /** The hash of the bytes. */
    public static Hash of(byte[] content) {
        return new Hash(newDigest().digest(content));
    }

    /**
     * Reads 64 hex digits, with or without {@code sha256:} before them.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static Hash parse(String text) {
        return new Hash(HexFormat.of().parseHex(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text));
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** {@code sha256:} and 64 lower-case hex digits. */
    public String prefixed() {
        return PREFIX + hex();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return prefixed();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
