package io.zeroui.product.policy.gates;

import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.contracts.rulings.Rulings;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.runtime.rulings.KnownRulings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What the shared plane's gates say about policies, from the signed rulings that this plane has. A verdict is about a policy's content by its hash: two
 * tenants may call different contents by one name. Where nothing is known, or it may be out of date, nothing goes on.
 */
@ApplicationScoped
class EvaluationVerdicts {

    private final KnownRulings rulings;
    private final Clock clock;

    EvaluationVerdicts(KnownRulings rulings, Clock clock) {
        this.rulings = rulings;
        this.clock = clock;
    }

    /** What they say now; never waits. */
    EvaluationView now() {
        Instant now = clock.instant();
        Optional<Rulings> known = rulings.current().map(SignedRulings::rulings);
        return (gate, entry) -> objection(known, gate, entry, now);
    }

    static Optional<String> objection(Optional<Rulings> known, String gate, PolicyEntry entry, Instant now) {
        if (known.isEmpty()) {
            return Optional.of("no rulings of the shared plane are known here");
        }
        if (known.get().isStale(now)) {
            return Optional.of("the rulings of the shared plane are out of date");
        }
        String content = entry.content().prefixed();
        return known.get().verdict(gate, SubjectKind.POLICY, entry.id().policyId(), content, now)
                .map(verdict -> verdict.verdict() == GateVerdict.Verdict.PASS ? Optional.<String> empty()
                        : Optional.of("the evaluation " + gate + " is not passed" + verdict.reasons().stream().findFirst().map(why -> ": " + why).orElse("")))
                .orElseGet(() -> Optional.of("the evaluation " + gate + " has no verdict that counts on policy " + entry.id().policyId() + " with the content "
                        + content));
    }
}
