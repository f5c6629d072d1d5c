package io.zeroui.contracts.ledger;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The journal line of a receipt: which receipt has this place in the ledger, and where its line lies.
 *
 * @param sequence from 1, without gaps within the tenant
 * @param receiptId the receipt
 * @param repoId folder of the evidence file
 * @param day {@code dt=} folder of the evidence file
 * @param offset first byte of the line in the evidence file
 * @param length bytes of the line without its line feed
 * @param hash SHA-256 of the line without its line feed
 * @param receivedAt when the ledger took it in, to the millisecond
 * @param commitment what the log says of the line, with its salt
 * @param origin the row of the edge's outbox that brought it; null where a crash lost that
 */
public record JournalEntry(long sequence, ReceiptId receiptId, RepoId repoId, LocalDate day, long offset, int length,
        Hash hash, Instant receivedAt, Commitment commitment, @Nullable Origin origin) implements JournalRecord {

    /** Bytes that a stored line may have. */
    public static final int MAX_LENGTH = 16 << 20;

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    public JournalEntry {
        if (sequence < 1 || offset < 0 || length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a journal line with an impossible sequence, offset or length");
        }
        requirePossible(receivedAt);
    }

    static void requirePossible(Instant receivedAt) {
        if (receivedAt.isBefore(FIRST) || receivedAt.isAfter(LAST)) {
            throw new IllegalArgumentException("a journal line with an impossible time");
        }
    }

    @Override
    public Hash committed() {
        return commitment.value();
    }

    /**
     * A row of an edge's outbox.
     *
     * @param edge the edge
     * @param epoch its outbox
     * @param sequence the row's number
     */
    public record Origin(String edge, String epoch, long sequence) {
    }

    /** First byte behind the line's line feed. */
    public long end() {
        return offset + length + 1;
    }
}
