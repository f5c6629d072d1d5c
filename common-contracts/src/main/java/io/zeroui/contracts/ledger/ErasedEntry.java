package io.zeroui.contracts.ledger;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What stays of the journal line of an erased receipt: its place, and the commitment that is in the log anyway. Hash, salt and
 * the way it came are gone, so nobody can try out what the line was.
 *
 * @param sequence its place in the ledger
 * @param receiptId the receipt
 * @param repoId folder of the evidence file
 * @param day {@code dt=} folder of the evidence file
 * @param offset first byte of what stands in its place in the evidence file, see {@link ErasedLine}
 * @param length bytes of it without line feed
 * @param receivedAt when the ledger took the receipt in
 * @param committed the commitment to the line that is gone
 */
public record ErasedEntry(long sequence, ReceiptId receiptId, RepoId repoId, LocalDate day, long offset, int length,
        Instant receivedAt, Hash committed) implements JournalRecord {

    public ErasedEntry {
        if (sequence < 1 || offset < 0 || length < 1 || length > JournalEntry.MAX_LENGTH) {
            throw new IllegalArgumentException("a journal line with an impossible sequence, offset or length");
        }
        JournalEntry.requirePossible(receivedAt);
    }

    /** What stays of this line. */
    public static ErasedEntry of(JournalEntry entry) {
        return new ErasedEntry(entry.sequence(), entry.receiptId(), entry.repoId(), entry.day(), entry.offset(), entry.length(),
                entry.receivedAt(), entry.committed());
    }

    /** First byte behind the line feed. */
    public long end() {
        return offset + length + 1;
    }
}
