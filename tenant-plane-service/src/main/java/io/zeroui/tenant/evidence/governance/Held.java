package io.zeroui.tenant.evidence.governance;

import java.time.LocalDate;

/**
 * The oldest receipt that a legal hold keeps.
 *
 * @param name of the hold
 * @param sequence of the receipt
 * @param day of its file
 */
public record Held(String name, long sequence, LocalDate day) {
}
