package io.zeroui.product.policy.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.contracts.policy.release.RolloutGate;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.policy.release.RolloutRate;
import io.zeroui.contracts.policy.release.RolloutStep;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.contracts.rulings.GateVerdict.Verdict;
import io.zeroui.contracts.rulings.Rulings;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import io.zeroui.product.policy.gates.RolloutLook.Halt;
import io.zeroui.product.policy.gates.RolloutLook.Promote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollout whose plan asks an evaluation goes on only while that has passed its content. */
class EvaluationVerdictsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");
    private static final Instant NOW = START.plus(Duration.ofHours(1));
    private static final PolicyVersion ONE = new PolicyVersion("licences", "1");
    private static final RolloutPlan PLAN = new RolloutPlan(new RolloutGate(100, Map.of(RolloutRate.BLOCK, 5_000)),
            List.of(new RolloutStep(500, Duration.ofMinutes(30)), new RolloutStep(10_000, null)), "next-ring");

    private final PolicyBook book = new PolicyBook();

    @BeforeEach
    void releaseToSome() throws PolicyActRefused {
        act("author", new Deed.Drafted(Hash.of(new byte[]{1}), new PolicyLabels("gate-rules", "org", Enforcement.WARN)));
        act("author", new Deed.Submitted());
        act("approver", new Deed.Approved());
        act("releaser", new Deed.Released(new Rollout(500, Set.of(), Set.of()), FailMode.OPEN, PLAN));
    }

    @Test
    void withAPassingVerdictOnItsContentItGoesOn() {
        assertThat(look(rulings(verdict(Verdict.PASS, content(), NOW.plusSeconds(60))), 0)).singleElement()
                .isInstanceOfSatisfying(Promote.class, step -> {
                    assertThat(step.rollout().isForEveryone()).isTrue();
                    assertThat(step.reason()).contains("the evaluation next-ring passed its content");
                });
    }

    @Test
    void withoutOneItWaitsAndSaysWhy() {
        assertThat(waits(Optional.empty())).contains("no rulings of the shared plane are known here");
        assertThat(waits(rulings())).contains("the evaluation next-ring has no verdict that counts on policy licences with the content " + content());
        assertThat(waits(rulings(verdict(Verdict.PASS, "sha256:" + "0".repeat(64), null)))).as("another content of that name").contains("no verdict that counts");
        assertThat(waits(rulings(verdict(Verdict.PASS, content(), NOW)))).as("it has expired").contains("no verdict that counts");
        assertThat(waits(rulings(verdict(Verdict.FAIL, content(), null)))).contains("the evaluation next-ring is not passed: 2 items regressed");
        assertThat(waits(Optional.of(new Rulings(Rulings.SCHEMA, "zeroui", 1, 1, START, NOW, ProviderRules.NONE,
                List.of(verdict(Verdict.PASS, content(), null)))))).contains("out of date");
    }

    @Test
    void anEvaluationHoldsUpNoHalt() {
        assertThat(look(Optional.empty(), 60)).singleElement().isInstanceOf(Halt.class);
    }

    private String waits(Optional<Rulings> known) {
        assertThat(look(known, 0)).isEmpty();
        RolloutReport report = RolloutLook.report(RolloutLook.watched(book).get(0), counts(0).get(ONE), view(known));
        assertThat(report.next()).isNotNull();
        return String.valueOf(report.waitsFor());
    }

    private List<RolloutLook.Step> look(Optional<Rulings> known, long blocks) {
        return RolloutLook.steps(book, counts(blocks), view(known), NOW);
    }

    private static EvaluationView view(Optional<Rulings> known) {
        return (gate, entry) -> EvaluationVerdicts.objection(known, gate, entry, NOW);
    }

    private static Map<PolicyVersion, RolloutCounts> counts(long blocks) {
        return Map.of(ONE, new RolloutCounts(100, 0, blocks, 0));
    }

    private String content() {
        return book.find(ONE).map(PolicyEntry::content).orElseThrow().prefixed();
    }

    private static Optional<Rulings> rulings(GateVerdict... verdicts) {
        return Optional.of(new Rulings(Rulings.SCHEMA, "zeroui", 1, 1, START, NOW.plusSeconds(600), ProviderRules.NONE, List.of(verdicts)));
    }

    private static GateVerdict verdict(Verdict verdict, String content, Instant expires) {
        return new GateVerdict("next-ring", SubjectKind.POLICY, "licences", content, verdict, "run", List.of("2 items regressed"), START, expires);
    }

    private void act(String by, Deed deed) throws PolicyActRefused {
        book.apply(new PolicyAct(book.last() + 1, START, by, "", ONE, deed));
    }
}
