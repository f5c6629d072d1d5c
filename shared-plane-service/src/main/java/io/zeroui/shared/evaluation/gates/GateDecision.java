package io.zeroui.shared.evaluation.gates;

import java.util.List;

/**
 * What a gate says of a run.
 *
 * @param passed whether every criterion is met
 * @param reasons one for each criterion, in its order
 */
public record GateDecision(boolean passed, List<Reason> reasons) {

    public GateDecision {
        reasons = List.copyOf(reasons);
    }

    /**
     * What a criterion says.
     *
     * @param met whether it is met
     * @param text why, in words
     */
    public record Reason(boolean met, String text) {
    }
}
