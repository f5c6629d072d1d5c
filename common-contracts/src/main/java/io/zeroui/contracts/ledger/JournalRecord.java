package io.zeroui.contracts.ledger;

import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.time.LocalDate;

/** One line of a tenant's journal: a receipt, what is left of an erased one, or something that was done to the ledger. */
public sealed interface JournalRecord permits JournalEntry, ErasedEntry, ActEntry {

    /** Its place in the ledger: from 1, without gaps within the tenant. */
    long sequence();

    /** Day of the journal file that has it. */
    LocalDate day();

    /** When the ledger took it in, to the millisecond. */
    Instant receivedAt();

    /** What the log says of it: {@link Commitment#value} of the stored line, or of the statement. */
    Hash committed();
}
