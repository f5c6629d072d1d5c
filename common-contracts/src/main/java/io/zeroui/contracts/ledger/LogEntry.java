package io.zeroui.contracts.ledger;

import io.zeroui.contracts.receipts.Hash;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * An entry of a tenant's Merkle log, 42 bytes: version (1 byte, {@value #VERSION}), kind (1 byte), time in milliseconds
 * since 1970 (8 bytes, big endian), commitment (32 bytes). The entry at leaf index {@code i} belongs to journal line
 * {@code i + 1}. It holds nothing of a receipt's content, so the log never has to forget.
 *
 * @param kind what the entry is about
 * @param at when the ledger took it in, to the millisecond
 * @param commitment {@link Commitment#value} of the stored line, or of the statement
 */
public record LogEntry(Kind kind, Instant at, Hash commitment) {

    /** Version of this form. */
    public static final int VERSION = 1;

    /** Bytes of an entry. */
    public static final int LENGTH = 2 + Long.BYTES + Hash.LENGTH;

    /** What an entry is about. */
    public enum Kind {
        /** A receipt; still one when it has been erased. */
        RECEIPT(1),
        /** Something that was done to the ledger: the commitment is to a statement in the journal, see {@link ActEntry}. */
        ACT(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** The entry of a journal line. */
    public static LogEntry of(JournalRecord line) {
        return new LogEntry(line instanceof ActEntry ? Kind.ACT : Kind.RECEIPT, line.receivedAt(), line.committed());
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException when the bytes are not one of this version
     */
    public static LogEntry read(byte[] bytes) {
        if (bytes.length != LENGTH || bytes[0] != VERSION) {
            throw new IllegalArgumentException("not a log entry of version " + VERSION);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
        int code = buffer.get();
        Kind kind = Arrays.stream(Kind.values()).filter(one -> one.code == code).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a log entry of unknown kind " + code));
        try {
            Instant at = Instant.ofEpochMilli(buffer.getLong());
            byte[] commitment = new byte[Hash.LENGTH];
            buffer.get(commitment);
            return new LogEntry(kind, at, new Hash(commitment));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a log entry with an impossible time", e);
        }
    }

    /** Its {@value #LENGTH} bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).put((byte) VERSION).put((byte) kind.code).putLong(at.toEpochMilli())
                .put(commitment.bytes()).array();
    }
}
