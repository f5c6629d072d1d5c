package io.zeroui.contracts.ledger;

import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A journal line that says what was done to the ledger, see {@code io.zeroui.contracts.ledger.acts}. It has no line in an
 * evidence file: the statement stands in the journal itself.
 *
 * @param sequence its place in the ledger
 * @param day of the journal file
 * @param receivedAt when it was done
 * @param commitment to the statement's bytes in UTF-8, with its salt
 * @param statement a JSON object
 */
public record ActEntry(long sequence, LocalDate day, Instant receivedAt, Commitment commitment, String statement)
        implements JournalRecord {

    public ActEntry {
        if (sequence < 1 || statement.isEmpty()) {
            throw new IllegalArgumentException("a journal line with an impossible sequence or without a statement");
        }
        JournalEntry.requirePossible(receivedAt);
    }

    /** A new line, with a new salt. */
    public static ActEntry of(long sequence, LocalDate day, Instant receivedAt, String statement) {
        return new ActEntry(sequence, day, receivedAt, Commitment.to(statement.getBytes(StandardCharsets.UTF_8)), statement);
    }

    @Override
    public Hash committed() {
        return commitment.value();
    }

    /** Whether the statement is the one that the log commits to. */
    public boolean isCommitted() {
        return commitment.isTo(statement.getBytes(StandardCharsets.UTF_8));
    }
}
