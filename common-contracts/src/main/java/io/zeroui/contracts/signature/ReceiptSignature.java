package io.zeroui.contracts.signature;

import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.identity.Kid;

/**
 * The value of a {@code signature} member, {@code sig-ed25519:{kid}:{standard base64}}.
 *
 * @param kid whose signature it is
 * @param bytes the 64 bytes of the signature
 */
public record ReceiptSignature(Kid kid, byte[] bytes) {

    private static final String PREFIX = "sig-ed25519:";
    private static final int BASE64_LENGTH = 88;

    public ReceiptSignature {
        if (bytes.length != Ed25519.SIGNATURE_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 signature has 64 bytes, not " + bytes.length);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when it does not have exactly that form
     */
    public static ReceiptSignature parse(String text) {
        int colon = text.indexOf(':', PREFIX.length());
        if (!text.startsWith(PREFIX) || colon < 0) {
            throw new IllegalArgumentException("a signature has the form sig-ed25519:{kid}:{base64}");
        }
        Kid kid = Kid.of(text.substring(PREFIX.length(), colon));
        String base64 = text.substring(colon + 1);
        if (base64.length() != BASE64_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 signature has 88 characters of base64, not " + base64.length());
        }
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("the base64 of the signature has bits that mean nothing");
        }
        return new ReceiptSignature(kid, bytes);
    }

    /** The text form. */
    public String format() {
        return PREFIX + kid + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReceiptSignature that && kid.equals(that.kid) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * kid.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return format();
    }
}
