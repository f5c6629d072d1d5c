package io.zeroui.tenant.evidence.retention;

import java.time.LocalDate;

/**
 * Up to where a ledger may be dropped.
 *
 * @param sequence of the last line that goes
 * @param firstDay that stays
 */
public record Cut(long sequence, LocalDate firstDay) {
}
