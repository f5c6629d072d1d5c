package io.zeroui.system;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.testing.SignedReceipts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Receipts with numbers from 0 on: the same number gives the same bytes again, so that nobody has to keep them. Of each only the
 * hash is remembered, 32 bytes. Thread-safe as far as nobody makes the same number for the first time at the same time.
 */
final class NumberedReceipts {

    private static final int REPOSITORIES = 4;
    private static final String ID = "\"receipt_id\":\"";
    private static final int ID_LENGTH = 36;

    private final SignedReceipts emitter;
    private final String made = Instant.now().toString();
    private final long series;
    private final byte[] hashes;

    NumberedReceipts(SignedReceipts emitter, int count, long seed) {
        this.emitter = emitter;
        this.series = seed & ~0xF000L | 0x4000L;
        this.hashes = new byte[count * Hash.LENGTH];
    }

    int count() {
        return hashes.length / Hash.LENGTH;
    }

    static String repository(int number) {
        return "dedup-" + number % REPOSITORIES;
    }

    String id(int number) {
        return new UUID(series, Long.MIN_VALUE | number).toString();
    }

    /** The receipt of that number, signed. */
    byte[] line(int number) {
        byte[] line = line(number, false);
        System.arraycopy(Hash.of(line).bytes(), 0, hashes, number * Hash.LENGTH, Hash.LENGTH);
        return line;
    }

    /** Another good receipt with the id of that number. */
    byte[] impostor(int number) {
        return line(number, true);
    }

    /** Whether these are the bytes of that number. */
    boolean isGenuine(int number, byte[] line) {
        int at = number * Hash.LENGTH;
        return Arrays.equals(hashes, at, at + Hash.LENGTH, Hash.of(line).bytes(), 0, Hash.LENGTH);
    }

    /** The number in a line's id; none when it is no receipt of this series. */
    OptionalInt number(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        int id = text.indexOf(ID) + ID.length();
        if (id < ID.length()) {
            return OptionalInt.empty();
        }
        UUID uuid = UUID.fromString(text.substring(id, id + ID_LENGTH));
        long number = uuid.getLeastSignificantBits() & Long.MAX_VALUE;
        return uuid.getMostSignificantBits() == series && number < count() ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    private byte[] line(int number, boolean degraded) {
        return emitter.decision(repository(number), id(number), receipt -> receipt.put("timestamp_utc", made)
                .put("timestamp_monotonic_ms", number).put("degraded", degraded));
    }
}
