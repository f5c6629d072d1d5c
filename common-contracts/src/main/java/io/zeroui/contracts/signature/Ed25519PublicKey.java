package io.zeroui.contracts.signature;

import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** A public key, checked and prepared once so that no verification has to parse it. Immutable. */
public final class Ed25519PublicKey {

    /** Bytes of the raw form. */
    public static final int RAW_LENGTH = 32;

    private final byte[] raw;
    private final Object prepared;

    private Ed25519PublicKey(byte[] raw) {
        this.raw = raw;
        this.prepared = Ed25519.engine().prepare(raw);
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
