package io.zeroui.product.policy.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.lifecycle.PolicyState;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.contracts.policy.release.RolloutGate;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.policy.release.RolloutRate;
import io.zeroui.contracts.policy.release.RolloutStep;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.product.policy.gates.RolloutLook.Halt;
import io.zeroui.product.policy.gates.RolloutLook.Promote;
import io.zeroui.product.policy.gates.RolloutLook.Restore;
import io.zeroui.product.policy.gates.RolloutLook.Step;
import io.zeroui.product.policy.gates.RolloutReport.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to released versions by themselves: a table, the ways of a rollout, and random histories. */
class RolloutLookTest {

    private static final EvaluationView EVALUATIONS = (gate, entry) -> Optional.empty();
    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");
    private static final PolicyVersion ZERO = new PolicyVersion("gate", "0");
    private static final PolicyVersion ONE = new PolicyVersion("gate", "1");
    private static final PolicyVersion TWO = new PolicyVersion("gate", "2");
    private static final RolloutPlan PLAN = new RolloutPlan(new RolloutGate(100, Map.of(RolloutRate.OVERRIDE, 1_000, RolloutRate.BLOCK, 5_000)),
            List.of(new RolloutStep(500, Duration.ofMinutes(30)), new RolloutStep(2_500, Duration.ofMinutes(60)), new RolloutStep(10_000, null)));

    private final PolicyBook book = new PolicyBook();
    private Instant now = START;

    @ParameterizedTest(name = "{0} bp, {1} receipts, {2} overrides, {3} blocks, {4} min, {5}: {6}")
    @CsvSource({
        // share, receipts, overrides, blocks, minutes, killed, what is done
        "500,      0,   0,   0,  60, no,  nothing", // nothing is known
        "500,     99,  99,  99,  60, no,  nothing", // one too few
        "500,    100,  11,   0,   0, no,  halt",
        "500,    100,  10,  50,  29, no,  nothing", // at the limits, not yet baked
        "500,    100,  10,  50,  30, no,  2500",
        "500,    100,  10,  51,  30, no,  halt",
        "500,    100,  11,   0,  60, yes, halt", // switched off for a time is not halted
        "500,    100,   0,   0,  60, yes, nothing", // but goes no further
        "700,    100,   0,   0,  30, no,  2500", // widened by hand between two steps
        "400,    100,   0,   0,  99, no,  nothing", // before the first step people decide
        "2500,  1000,   0,   0,  59, no,  nothing",
        "2500,  1000,   0,   0,  60, no,  10000",
        "10000, 1000,   0,   0,  99, no,  nothing", // behind the last step
        "10000, 1000, 101,   0,  99, no,  halt" })
    void theTable(int share, long receipts, long overrides, long blocks, int minutes, String killed, String wanted) throws PolicyActRefused {
        approved(ONE);
        act(ONE, new Deed.Released(new Rollout(share, Set.of(EdgeId.of("e")), Set.of()), FailMode.OPEN, PLAN));
        if (killed.equals("yes")) {
            act(ONE, new Deed.Killed(now.plusSeconds(60)));
        }
        List<Step> steps = RolloutLook.steps(book, Map.of(ONE, new RolloutCounts(receipts, overrides, blocks, 0)), EVALUATIONS,
                now.plus(Duration.ofMinutes(minutes)));
        if (wanted.equals("nothing")) {
            assertThat(steps).isEmpty();
        } else if (wanted.equals("halt")) {
            assertThat(steps).singleElement().isInstanceOf(Halt.class);
        } else {
            assertThat(steps).singleElement().isInstanceOfSatisfying(Promote.class, step -> assertThat(step.rollout())
                    .isEqualTo(new Rollout(Integer.parseInt(wanted), Set.of(EdgeId.of("e")), Set.of())));
        }
        steps.forEach(step -> assertThat(PolicyAct.faultOfReason(step.reason())).isNull());
    }

    @Test
    void withoutCountsNothingIsDoneAndTheReportIsBlind() throws PolicyActRefused {
        approved(ONE);
        act(ONE, new Deed.Released(new Rollout(500, Set.of(), Set.of()), FailMode.OPEN, PLAN));
        assertThat(RolloutLook.steps(book, Map.of(), EVALUATIONS, now.plus(Duration.ofDays(9)))).isEmpty();
        RolloutReport report = RolloutLook.report(RolloutLook.watched(book).get(0), null, EVALUATIONS);
        assertThat(report.verdict()).isEqualTo(Verdict.BLIND);
        assertThat(report.nextAt()).isEqualTo(START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void theReasonNamesTheRateTheLimitAndTheCounts() throws PolicyActRefused {
        approved(ONE);
        act(ONE, new Deed.Released(Rollout.everyone(), FailMode.OPEN, PLAN));
        List<Step> steps = RolloutLook.steps(book, counts(ONE, 4_111_111_111L, 1_111_111_111), EVALUATIONS, now);
        assertThat(steps).singleElement().extracting(Step::reason)
                .isEqualTo("the override rate is above its limit of 0.1: 1111111111 of 4111111111 receipts");
        apply(steps);
    }

    @Test
    void aVersionForEveryoneIsHaltedAndTheContentBeforeItComesBackOnce() throws PolicyActRefused {
        replaced();
        Map<PolicyVersion, RolloutCounts> bad = counts(TWO, 100, 50);
        assertThat(RolloutLook.restoration(book, TWO)).as("not halted yet").isEmpty();
        apply(RolloutLook.steps(book, bad, EVALUATIONS, now));
        assertThat(book.find(TWO).orElseThrow().rollout().basisPoints()).isZero();

        List<Step> after = RolloutLook.steps(book, Map.of(), EVALUATIONS, now);
        assertThat(after).as("a process that ended between").singleElement()
                .isInstanceOfSatisfying(Restore.class, step -> assertThat(step.from()).isEqualTo(ONE));
        assertThat(RolloutLook.steps(book, bad, EVALUATIONS, now)).isEqualTo(after);
        apply(after);
        assertThat(book.released()).extracting(PolicyEntry::id).containsExactly(new PolicyVersion("gate", "1-r1"));
        assertThat(RolloutLook.steps(book, bad, EVALUATIONS, now.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(RolloutLook.watched(book)).isEmpty();
    }

    @Test
    void nothingComesBackWherePeopleActOrNothingMay() throws PolicyActRefused {
        replaced();
        act(TWO, new Deed.Halted());
        assertThat(RolloutLook.steps(book, Map.of(), EVALUATIONS, now)).as("halted by a person").isEmpty();
        act(TWO, new Deed.Promoted(new Rollout(500, Set.of(), Set.of())));
        halted(TWO);
        assertThat(RolloutLook.restoration(book, TWO)).as("once for everyone").isPresent();
        act(TWO, new Deed.Promoted(new Rollout(500, Set.of(), Set.of())));
        assertThat(RolloutLook.steps(book, Map.of(), EVALUATIONS, now)).as("a person goes on").isEmpty();
        halted(TWO);
        act(ONE, new Deed.Revoked());
        assertThat(RolloutLook.steps(book, Map.of(), EVALUATIONS, now)).as("what was before is revoked").isEmpty();
    }

    @ParameterizedTest(name = "the version between is {0}: {1}")
    @CsvSource({
        "left, restores it",
        "revoked later, restores nothing",
        "revoked before, restores nothing",
        "halted before, restores nothing", // whoever halted it did not want it back
        "widened, restores it" })
    void onlyTheNewestVersionThatWasForEveryoneComesBack(String between, String wanted) throws PolicyActRefused {
        approved(ZERO);
        act(ZERO, new Deed.Released(Rollout.everyone(), FailMode.OPEN));
        approved(ONE);
        act(ONE, new Deed.Released(between.equals("widened") ? new Rollout(500, Set.of(), Set.of()) : Rollout.everyone(), FailMode.OPEN));
        if (between.equals("widened")) {
            act(ONE, new Deed.Promoted(Rollout.everyone()));
        } else if (between.endsWith("before")) {
            act(ONE, between.startsWith("revoked") ? new Deed.Revoked() : new Deed.Halted());
        }
        approved(TWO);
        act(TWO, new Deed.Released(Rollout.everyone(), FailMode.OPEN, PLAN));
        if (between.equals("revoked later")) {
            act(ONE, new Deed.Revoked());
        }
        halted(TWO);
        assertThat(book.find(ZERO).orElseThrow().state()).isEqualTo(PolicyState.SUPERSEDED);
        List<Step> steps = RolloutLook.steps(book, Map.of(), EVALUATIONS, now);
        if (wanted.equals("restores nothing")) {
            assertThat(steps).isEmpty();
        } else {
            assertThat(steps).singleElement().isInstanceOfSatisfying(Restore.class, step -> {
                assertThat(step.from()).isEqualTo(ONE);
                assertThat(step.reason()).isEqualTo("the gate halted version 2, which had replaced version 1 for everyone");
            });
        }
    }

    @Test
    void aRestoredVersionThatWasReplacedComesBackToo() throws PolicyActRefused {
        replaced();
        apply(RolloutLook.steps(book, counts(TWO, 100, 50), EVALUATIONS, now));
        apply(RolloutLook.steps(book, Map.of(), EVALUATIONS, now));
        PolicyVersion three = new PolicyVersion("gate", "3");
        approved(three);
        act(three, new Deed.Released(Rollout.everyone(), FailMode.OPEN, PLAN));
        halted(three);
        assertThat(RolloutLook.steps(book, Map.of(), EVALUATIONS, now)).singleElement()
                .isInstanceOfSatisfying(Restore.class, step -> assertThat(step.from()).isEqualTo(new PolicyVersion("gate", "1-r1")));
    }

    @Test
    void aVersionForSomeLeavesTheOneForEveryoneInItsPlace() throws PolicyActRefused {
        replaced();
        PolicyVersion three = new PolicyVersion("gate", "3");
        approved(three);
        act(three, new Deed.Released(new Rollout(500, Set.of(), Set.of()), FailMode.OPEN, PLAN));
        apply(RolloutLook.steps(book, counts(three, 100, 50), EVALUATIONS, now));
        assertThat(book.find(three).orElseThrow().rollout().basisPoints()).isZero();
        assertThat(RolloutLook.steps(book, counts(three, 100, 50), EVALUATIONS, now)).isEmpty();
        assertThat(book.find(TWO).orElseThrow().rollout().isForEveryone()).isTrue();
    }

    @Test
    void receiptsCountFromTheMinuteOfTheReleaseButBehindThatOfAnyOtherChange() throws PolicyActRefused {
        approved(ONE);
        act(ONE, new Deed.Released(new Rollout(500, Set.of(), Set.of()), FailMode.OPEN, PLAN));
        assertThat(RolloutLook.watched(book).get(0).countedSince()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        now = Instant.parse("2026-01-01T00:10:00Z");
        act(ONE, new Deed.Promoted(new Rollout(2_500, Set.of(), Set.of())));
        assertThat(RolloutLook.watched(book).get(0).countedSince()).isEqualTo(Instant.parse("2026-01-01T00:11:00Z"));
        now = Instant.parse("2026-01-01T00:20:00Z");
        act(ONE, new Deed.Killed(now.plusSeconds(9)));
        act(ONE, new Deed.Killed(null));
        WatchedVersion version = RolloutLook.watched(book).get(0);
        assertThat(version.countedSince()).isEqualTo(Instant.parse("2026-01-01T00:11:00Z"));
        assertThat(version.bakedFrom()).as("switched on again, it bakes anew").isEqualTo(now);
    }

    /** What people and looks do in any order, with processes that end after any step. */
    @Test
    void inRandomHistoriesEveryStepIsAllowedDoneOnceAndLeadsToRest() throws PolicyActRefused {
        Map<String, Integer> seen = new HashMap<>();
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            PolicyBook one = new PolicyBook();
            Instant at = START;
            for (int i = 0; i < 60; i++) {
                at = at.plusSeconds(random.nextInt(3_000));
                if (random.nextInt(4) > 0) {
                    attempt(one, random(random, one, at));
                    continue;
                }
                Map<PolicyVersion, RolloutCounts> counts = new HashMap<>();
                for (PolicyEntry entry : one.released()) {
                    long receipts = random.nextInt(300);
                    counts.put(entry.id(), new RolloutCounts(receipts, receipts * random.nextInt(16) / 100, receipts * random.nextInt(60) / 100, 0));
                }
                look(one, counts, at, random, seen);
            }
        }
        assertThat(seen.get("Halt")).isGreaterThan(300);
        assertThat(seen.get("Promote")).isGreaterThan(300);
        assertThat(seen.get("Restore")).isGreaterThan(100);
    }

    private static void look(PolicyBook one, Map<PolicyVersion, RolloutCounts> counts, Instant at, Random random, Map<String, Integer> seen)
            throws PolicyActRefused {
        for (int round = 0; round < 20; round++) {
            List<Step> steps = RolloutLook.steps(one, counts, EVALUATIONS, at);
            if (steps.isEmpty()) {
                return;
            }
            assertThat(steps).extracting(Step::id).doesNotHaveDuplicates();
            for (Step step : steps.subList(0, 1 + random.nextInt(steps.size()))) {
                PolicyEntry before = one.find(step.id()).orElseThrow();
                if (before.lastAct() != step.lastAct()) {
                    continue; // another step of this look superseded it
                }
                allowed(one, step, before, counts.getOrDefault(step.id(), RolloutCounts.NONE));
                one.apply(actOf(one, step, at));
                seen.merge(step.getClass().getSimpleName(), 1, Integer::sum);
                if (step instanceof Promote) {
                    counts.remove(step.id()); // counted anew from here on
                }
            }
        }
        throw new AssertionError("a look that comes to no end");
    }

    /** Once more what a step may be, from the acts alone. */
    private static void allowed(PolicyBook one, Step step, PolicyEntry before, RolloutCounts counts) {
        assertThat(before.state()).isEqualTo(PolicyState.RELEASED);
        boolean isBad = counts.overrides() * 10 > counts.receipts() || counts.blocks() * 2 > counts.receipts();
        if (step instanceof Restore restore) {
            PolicyAct last = one.history(step.id()).stream().filter(act -> act.policy().equals(step.id()) && !(act.deed() instanceof Deed.Killed))
                    .reduce((first, second) -> second).orElseThrow();
            assertThat(last.by()).isEqualTo(RolloutLook.BY);
            assertThat(one.find(restore.from()).orElseThrow().state()).isEqualTo(PolicyState.SUPERSEDED);
            assertThat(one.history(restore.from()).stream().filter(act -> act.policy().equals(restore.from()))
                    .noneMatch(act -> act.by().equals(RolloutLook.BY) && act.deed() instanceof Deed.Halted)
                    || one.find(restore.from()).orElseThrow().lastTerms().rollout().isForEveryone()).isTrue();
            return;
        }
        assertThat(before.rollout()).isNotEqualTo(new Rollout(0, Set.of(), Set.of()));
        assertThat(counts.receipts()).isGreaterThanOrEqualTo(100);
        assertThat(step instanceof Halt).isEqualTo(isBad);
        assertThat(step instanceof Halt || before.terms().killedUntil() == null).isTrue();
    }

    private static PolicyAct actOf(PolicyBook one, Step step, Instant at) {
        if (step instanceof Restore restore) {
            return new PolicyAct(one.last() + 1, at, RolloutLook.BY, step.reason(), one.restoredName(restore.from()),
                    new Deed.Restored(restore.from().version()));
        }
        Deed deed = step instanceof Promote promotion ? new Deed.Promoted(promotion.rollout()) : new Deed.Halted();
        return new PolicyAct(one.last() + 1, at, RolloutLook.BY, step.reason(), step.id(), deed);
    }

    private static PolicyAct random(Random random, PolicyBook one, Instant at) {
        PolicyVersion id = new PolicyVersion("gate", String.valueOf(random.nextInt(4)));
        Rollout rollout = new Rollout(List.of(500, 500, 2_500, Rollout.EVERYONE).get(random.nextInt(4)), Set.of(), Set.of());
        String state = one.find(id).map(entry -> entry.state().key()).orElse("none");
        Deed deed = switch (state) {
            case "none" -> new Deed.Drafted(Hash.of(id.version().getBytes(StandardCharsets.US_ASCII)),
                    new PolicyLabels("gate", "org", Enforcement.WARN));
            case "draft" -> new Deed.Submitted();
            case "in_review" -> new Deed.Approved();
            case "approved" -> new Deed.Released(rollout, FailMode.OPEN, random.nextInt(4) > 0 ? PLAN : null);
            default -> switch (random.nextInt(8)) {
                case 0 -> new Deed.Halted();
                case 1 -> new Deed.Killed(random.nextBoolean() ? null : at.plusSeconds(60));
                case 2 -> random.nextInt(6) == 0 ? new Deed.Revoked() : new Deed.Killed(null);
                default -> new Deed.Promoted(rollout);
            };
        };
        return new PolicyAct(one.last() + 1, at, deed instanceof Deed.Approved ? "key:b" : "key:a", "why", id, deed);
    }

    private static void attempt(PolicyBook one, PolicyAct act) {
        try {
            one.apply(act);
        } catch (PolicyActRefused e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    /** One is for everyone, then two is. */
    private void replaced() throws PolicyActRefused {
        approved(ONE);
        act(ONE, new Deed.Released(Rollout.everyone(), FailMode.CLOSED));
        approved(TWO);
        act(TWO, new Deed.Released(Rollout.everyone(), FailMode.OPEN, PLAN));
    }

    private void halted(PolicyVersion id) throws PolicyActRefused {
        book.apply(new PolicyAct(book.last() + 1, now, RolloutLook.BY, "why", id, new Deed.Halted()));
    }

    private void apply(List<Step> steps) throws PolicyActRefused {
        for (Step step : steps) {
            book.apply(actOf(book, step, now));
        }
    }

    private void approved(PolicyVersion id) throws PolicyActRefused {
        act(id, new Deed.Drafted(Hash.ZERO, new PolicyLabels("gate", "org", Enforcement.WARN)));
        act(id, new Deed.Submitted());
        book.apply(new PolicyAct(book.last() + 1, now, "key:b", "", id, new Deed.Approved()));
    }

    private void act(PolicyVersion id, Deed deed) throws PolicyActRefused {
        book.apply(new PolicyAct(book.last() + 1, now, "key:a", "why", id, deed));
    }

    private static Map<PolicyVersion, RolloutCounts> counts(PolicyVersion id, long receipts, long overrides) {
        return Map.of(id, new RolloutCounts(receipts, overrides, 0, 0));
    }
}
