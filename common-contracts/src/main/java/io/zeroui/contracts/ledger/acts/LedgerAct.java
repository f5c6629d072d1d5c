package io.zeroui.contracts.ledger.acts;

import io.zeroui.contracts.identity.ReceiptId;

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
}
