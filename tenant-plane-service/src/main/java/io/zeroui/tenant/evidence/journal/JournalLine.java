package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.ledger.JournalRecord;
/**
 * An entry as it lies in the journal.
 *
 * @param entry what it says
 * @param after the place behind it: where reading goes on
 */
public record JournalLine(JournalRecord entry, JournalPosition after) {
}
