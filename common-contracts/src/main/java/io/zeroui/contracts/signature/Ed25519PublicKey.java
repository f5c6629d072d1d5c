package io.zeroui.contracts.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A public key, checked and prepared once so that no verification has to parse it. Immutable. */
public final class Ed25519PublicKey {

    /** Bytes of the raw form. */
    public static final int RAW_LENGTH = 32;

    private static final Pattern FINGERPRINT = Pattern.compile("sha256:[0-9a-f]{64}");

    private final byte[] raw;
    private final Object prepared;
    private final String fingerprint;

    private Ed25519PublicKey(byte[] raw) {
        this.raw = raw;
        this.prepared = Ed25519.engine().prepare(raw);
        this.fingerprint = "sha256:" + HexFormat.of().formatHex(sha256(raw));
    }

    /**
     * The key of the raw form (RFC 8032 §5.1.5).
     *
     * @throws IllegalArgumentException when the bytes are not a point of the curve's prime-order group
     */
    public static Ed25519PublicKey ofRaw(byte[] raw) {
        if (raw.length != RAW_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + raw.length);
        }
        byte[] copy = raw.clone();
        if (!org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(copy, 0)) {
            throw new IllegalArgumentException("not an Ed25519 public key: no point of the prime-order group");
        }
        return new Ed25519PublicKey(copy);
    }

    /**
     * The key of the raw form in standard base64.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static Ed25519PublicKey ofBase64(String base64) {
        return ofRaw(Base64.getDecoder().decode(base64));
    }

    /** The 32 bytes of the raw form. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The raw form in standard base64. */
    public String base64() {
        return Base64.getEncoder().encodeToString(raw);
    }

    /** {@code sha256:} and the SHA-256 of the raw form in hex: which key it is. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Whether a text has the form of a fingerprint. */
    public static boolean isFingerprint(String text) {
        return FINGERPRINT.matcher(text).matches();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Object prepared() {
        return prepared;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return "Ed25519PublicKey[" + base64() + "]";
    }
}
