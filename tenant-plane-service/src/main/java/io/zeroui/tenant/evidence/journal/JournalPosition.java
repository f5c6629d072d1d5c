package io.zeroui.tenant.evidence.journal;

import java.time.LocalDate;

/**
 * A place in a tenant's journal.
 *
 * @param day the journal file
 * @param offset a byte of that file at which a line begins, or its end
 */
public record JournalPosition(LocalDate day, long offset) {
}
