package io.zeroui.contracts.ledger.acts;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Hash;
import java.time.LocalDate;

/** Something that was done to a ledger. When, is in the journal line that has the statement. */
public sealed interface LedgerAct {

    /** Who did it, and why. */
    Why why();

    /**
     * The tombstone of a receipt: its line and everything that was derived from it are gone.
     *
     * @param erasureId the request that it was part of
     * @param sequence of the journal line
     * @param receiptId the receipt
     */
    record Erasure(String erasureId, long sequence, ReceiptId receiptId, Why why) implements LedgerAct {
    }

    /**
     * A legal hold begins: nothing that it is about may be erased.
     *
     * @param holdId the hold
     * @param name what people call it, an incident for example
     * @param filter what it is about
     */
    record HoldPlaced(String holdId, String name, HoldFilter filter, Why why) implements LedgerAct {
    }

    /** A legal hold ends. */
    record HoldReleased(String holdId, Why why) implements LedgerAct {
    }

    /**
     * How long the ledger's receipts are kept from now on.
     *
     * @param days full days behind the one on which a receipt came; 0 for ever
     */
    record RetentionSet(int days, Why why) implements LedgerAct {

        /** Most days that can be said: a hundred years. */
        public static final int MAX_DAYS = 36_525;

        public RetentionSet {
            if (days < 0 || days > MAX_DAYS) {
                throw new IllegalArgumentException("receipts are kept 0 (for ever) to " + MAX_DAYS + " days, not " + days);
            }
        }
    }

    /**
     * The oldest days of the ledger are dropped, and it goes on from its base.
     *
     * @param sequence of the last journal line that is dropped
     * @param firstDay whose files are kept
     * @param base hash of the base's bytes, see {@link io.zeroui.contracts.ledger.bases.LedgerBase}
     */
    record DaysDropped(long sequence, LocalDate firstDay, Hash base, Why why) implements LedgerAct {
    }
}
