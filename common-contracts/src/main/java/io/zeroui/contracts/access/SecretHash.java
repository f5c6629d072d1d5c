package io.zeroui.contracts.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of an API key's secret: what is stored in place of it. A plain hash is enough, because the secret has 256 random
 * bits: there is no dictionary that a slow hash would have to protect against.
 */
public final class SecretHash {

    private static final int BYTES = 32;

    /** To look one up costs as much as a short hash, and every request needs one. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(SecretHash::newDigest);

    private final byte[] value;

    private SecretHash(byte[] value) {
        this.value = value;
    }

    /** The hash of a secret. */
    public static SecretHash ofSecret(String secret) {
        return new SecretHash(sha256(secret));
    }

    /**
     * The hash with these 32 bytes.
     *
     * @throws IllegalArgumentException for another number of bytes
     */
    public static SecretHash ofBytes(byte[] value) {
        if (value.length != BYTES) {
            throw new IllegalArgumentException("a secret's hash has " + BYTES + " bytes, not " + value.length);
        }
        return new SecretHash(value.clone());
    }

    /**
     * The hash in 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static SecretHash ofHex(String hex) {
        return ofBytes(HexFormat.of().parseHex(hex));
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return value.clone();
    }

    /** Whether both are the same; takes the same time whatever they are. */
    public boolean matches(SecretHash other) {
        return MessageDigest.isEqual(value, other.value);
    }

    /** As {@link #matches}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretHash that && matches(that);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }

    static byte[] sha256(String text) {
        return SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
