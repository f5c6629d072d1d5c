package io.zeroui.product.policy.gates;

import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import java.util.Optional;

/** What evaluations say about policies at one moment. */
@FunctionalInterface
interface EvaluationView {

    /**
     * Why a version must not go to more edges yet.
     *
     * @param gate the gate of the evaluations that must have passed its content
     * @return nothing where it may go on
     */
    Optional<String> objection(String gate, PolicyEntry entry);
}
