package io.zeroui.ide.receipts.quarantine;

import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.runtime.fabric.Line;

/**
 * A line of a file that is not accepted.
 *
 * @param line the line
 * @param refusal why
 */
public record RefusedLine(Line line, Refusal refusal) {
}
