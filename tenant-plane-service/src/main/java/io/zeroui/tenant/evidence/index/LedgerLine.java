package io.zeroui.tenant.evidence.index;

import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.journal.JournalLine;

/** A ledger line with what the index needs of it. */
public sealed interface LedgerLine {

    /** Its journal line. */
    JournalLine journal();

    /** Its place in the ledger. */
    default long sequence() {
        return journal().entry().sequence();
    }

    /**
     * A receipt.
     *
     * @param journal its journal line
     * @param entry the same, as what it is
     * @param header of the receipt
     * @param signature outcome of the signature check
     * @param generation of the tenant's keys, read before the check
     */
    record Receipt(JournalLine journal, JournalEntry entry, ReceiptHeader header, SignatureVerdict signature, long generation)
            implements LedgerLine {
    }

    /**
     * What is left of an erased receipt.
     *
     * @param journal its journal line
     * @param entry the same, as what it is
     * @param chain in which it keeps its place
     */
    record Erased(JournalLine journal, ErasedEntry entry, ChainId chain) implements LedgerLine {
    }

    /**
     * Something that was done to the ledger.
     *
     * @param journal its journal line
     * @param entry the same, as what it is
     * @param act what was done
     */
    record Act(JournalLine journal, ActEntry entry, LedgerAct act) implements LedgerLine {
    }

    /** A receipt's line. */
    static LedgerLine.Receipt receipt(JournalLine journal, ReceiptHeader header, SignatureVerdict signature,
            long generation) {
        if (journal.entry() instanceof JournalEntry entry) {
            return new Receipt(journal, entry, header, signature, generation);
        }
        throw new IllegalArgumentException("line " + journal.entry().sequence() + " is not the line of a receipt");
    }
}
