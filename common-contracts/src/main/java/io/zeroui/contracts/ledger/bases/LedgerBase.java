package io.zeroui.contracts.ledger.bases;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the dropped days of a ledger, and all that is needed to go on behind them: nothing of a receipt that was
 * dropped but its part in the last link of its chain. A base counts from the moment in which the journal has the act that
 * names its hash ({@link io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped}); each takes the place of the one before.
 *
 * @param tenant whose ledger
 * @param sequence of the last journal line that is dropped
 * @param firstDay whose files are kept
 * @param logRoot root hash of the log's first {@code sequence} leaves
 * @param actDay the day of the journal at whose end the act is written, or at the beginning of the next
 * @param actOffset the length of that day's journal before
 * @param links the last link of each chain
 * @param acts what was done to the ledger, in its order
 * @param erased what is left of receipts that were erased
 */
public record LedgerBase(TenantId tenant, long sequence, LocalDate firstDay, Hash logRoot, LocalDate actDay, long actOffset,
        List<Link> links, List<Act> acts, List<Erased> erased) {

    public LedgerBase {
        if (sequence < 1 || actOffset < 0 || actDay.isBefore(firstDay)) {
            throw new IllegalArgumentException("a base of an impossible place");
        }
        links = List.copyOf(links);
        acts = List.copyOf(acts);
        erased = List.copyOf(erased);
    }

    /**
     * The last dropped link of a chain.
     *
     * @param chainId the chain
     * @param position in the chain, from 1
     * @param chainHash see the ledger's chain
     */
    public record Link(String chainId, long position, Hash chainHash) {
        public Link {
            if (chainId.isEmpty() || position < 1) {
                throw new IllegalArgumentException("a link of an impossible place");
            }
        }
    }

    /** A dropped journal line that says what was done to the ledger. */
    public record Act(long sequence, Instant at, String statement) {
    }

    /**
     * What is left of an erased receipt.
     *
     * @param link its place in its chain
     * @param tombstone sequence of the act that erased it; null where that is not known
     */
    public record Erased(ReceiptId receiptId, long sequence, Instant receivedAt, Link link, @Nullable Long tombstone) {
    }
}
