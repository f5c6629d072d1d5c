package io.zeroui.contracts.ledger;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes a commitment to a line say nothing of the line: without it nobody can try out what the line may have been.
 * Equal by content.
 *
 * @param bytes its 32 bytes; nobody changes them
 */
public record Salt(byte[] bytes) {

    /** Bytes of a salt. */
    public static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    public Salt {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + bytes.length);
        }
    }

    /** A new one, unpredictable. */
    public static Salt random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return new Salt(bytes);
    }

    /**
     * Reads 64 hex digits.
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static Salt parse(String hex) {
        return new Salt(HexFormat.of().parseHex(hex));
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Salt that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
