package io.zeroui.product.policy.gates;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.lifecycle.PolicyState;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.policy.release.RolloutRate;
import io.zeroui.contracts.policy.release.RolloutStep;
import io.zeroui.product.policy.gates.RolloutReport.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is to be done to released versions: a function of the book, the counts, what evaluations say and the time, and of nothing else.
 * What a process that ended has done of it is in the book, so the next look goes on from there.
 */
final class RolloutLook {

    /** Who halts, promotes and restores by itself; no caller has such a name. */
    static final String BY = "system:rollout-gate";

    private static final Rollout NOBODY = new Rollout(0, Set.of(), Set.of());

    private RolloutLook() {
    }

    /** Something to be done, unless the version was changed since. */
    sealed interface Step {

        /** The version whose rollout it is about. */
        PolicyVersion id();

        /** Number of the last act that had changed it at the look. */
        long lastAct();

        /** Why. */
        String reason();
    }

    /** The version is taken from all edges. */
    record Halt(PolicyVersion id, long lastAct, String reason) implements Step {
    }

    /** More edges get the version. */
    record Promote(PolicyVersion id, long lastAct, String reason, Rollout rollout) implements Step {
    }

    /** The content of an earlier version is given to everyone in place of the one that is halted. */
    record Restore(PolicyVersion id, long lastAct, String reason, PolicyVersion from) implements Step {
    }

    /** The versions whose counts a look needs. */
    static List<WatchedVersion> watched(PolicyBook book) {
        return book.released().stream()
                .filter(entry -> entry.plan() != null && (!isNobody(entry) || restoration(book, entry.id()).isPresent()))
                .flatMap(entry -> WatchedVersion.of(entry, book.history(entry.id())).stream()).toList();
    }

    /** What is to be done, at most one thing to a version, in the order of the releases. */
    static List<Step> steps(PolicyBook book, Map<PolicyVersion, RolloutCounts> counts, EvaluationView evaluations, Instant now) {
        List<Step> steps = new ArrayList<>();
        for (WatchedVersion version : watched(book)) {
            restoration(book, version.entry().id()).ifPresentOrElse(steps::add,
                    () -> step(version, counts.get(version.entry().id()), evaluations, now).ifPresent(steps::add));
        }
        return steps;
    }

    private static Optional<Step> step(WatchedVersion version, @Nullable RolloutCounts counts, EvaluationView evaluations, Instant now) {
        PolicyEntry entry = version.entry();
        RolloutReport report = report(version, counts, evaluations);
        RolloutRate breached = report.breached();
        if (breached != null) {
            return Optional.of(new Halt(entry.id(), entry.lastAct(), reason(entry, Objects.requireNonNull(counts), breached)));
        }
        RolloutStep next = report.next();
        Instant at = report.nextAt();
        if (report.verdict() != Verdict.PASSED || next == null || at == null || now.isBefore(at) || report.waitsFor() != null) {
            return Optional.empty();
        }
        Rollout wider = new Rollout(next.basisPoints(), entry.rollout().edges(), entry.rollout().repos());
        return Optional.of(new Promote(entry.id(), entry.lastAct(), "the gate is passed by " + Objects.requireNonNull(counts).receipts()
                + " receipts and the step's time is over"
                + (entry.plan() == null || entry.plan().evaluation() == null ? "" : ", and the evaluation " + entry.plan().evaluation() + " passed its content"), wider));
    }

    /** How a released version stands. */
    static RolloutReport report(WatchedVersion version, @Nullable RolloutCounts counts, EvaluationView evaluations) {
        PolicyEntry entry = version.entry();
        RolloutPlan plan = entry.plan();
        RolloutRate breached = plan == null || counts == null || isNobody(entry) ? null : plan.gate().breach(counts).orElse(null);
        RolloutStep next = plan == null || isNobody(entry) || isKilled(entry) ? null : plan.next(entry.rollout()).orElse(null);
        Instant at = plan == null || next == null ? null
                : plan.reached(entry.rollout()).map(RolloutStep::bake).map(version.bakedFrom()::plus).orElse(null);
        String evaluation = plan == null || next == null || at == null ? null : plan.evaluation();
        return new RolloutReport(entry, version.countedSince(), counts, verdict(entry, counts, breached), breached, at == null ? null : next, at,
                evaluation == null ? null : evaluations.objection(evaluation, entry).orElse(null));
    }

    private static Verdict verdict(PolicyEntry entry, @Nullable RolloutCounts counts, @Nullable RolloutRate breached) {
        RolloutPlan plan = entry.plan();
        if (isNobody(entry)) {
            return Verdict.HALTED;
        }
        if (plan == null) {
            return Verdict.NO_GATE;
        }
        if (counts == null) {
            return Verdict.BLIND;
        }
        return breached != null ? Verdict.FAILED : plan.gate().isEnough(counts) ? Verdict.PASSED : Verdict.TOO_FEW;
    }

    /**
     * What brings the former content back: where a look halted a version that was for everyone, and nobody has done anything about its
     * rollout since. The former content is that of the version released last before it of those that were ever for everyone; where that one
     * was revoked or halted, nothing comes back by itself, since what was before it had not been replaced by the halted version.
     */
    static Optional<Restore> restoration(PolicyBook book, PolicyVersion id) {
        PolicyEntry entry = book.find(id).filter(found -> found.plan() != null && isNobody(found)).orElse(null);
        ReleaseTerms terms = entry == null ? null : entry.terms();
        if (entry == null || terms == null || !isHaltedByLook(book, entry) || !wasForEveryone(book, id)) {
            return Optional.empty();
        }
        return book.list(id.policyId()).stream().filter(other -> isBefore(other, terms) && wasForEveryone(book, other.id()))
                .max(Comparator.comparingLong(other -> Objects.requireNonNull(other.lastTerms()).order()))
                .filter(RolloutLook::isReplacedForEveryone)
                .map(former -> new Restore(id, entry.lastAct(), "the gate halted version " + id.version() + ", which had replaced version "
                        + former.id().version() + " for everyone", former.id()));
    }

    private static boolean isHaltedByLook(PolicyBook book, PolicyEntry entry) {
        return WatchedVersion.of(entry, book.history(entry.id())).map(WatchedVersion::rolloutAct)
                .filter(act -> act.deed() instanceof Deed.Halted && act.by().equals(BY)).isPresent();
    }

    private static boolean wasForEveryone(PolicyBook book, PolicyVersion id) {
        return book.history(id).stream().filter(act -> act.policy().equals(id))
                .anyMatch(act -> act.deed() instanceof Deed.Restored
                        || act.deed() instanceof Deed.Released release && release.rollout().isForEveryone()
                        || act.deed() instanceof Deed.Promoted promotion && promotion.rollout().isForEveryone());
    }

    private static boolean isBefore(PolicyEntry other, ReleaseTerms than) {
        ReleaseTerms terms = other.lastTerms();
        return terms != null && terms.order() < than.order();
    }

    /** Whether it was for everyone until a later version was. */
    private static boolean isReplacedForEveryone(PolicyEntry former) {
        ReleaseTerms terms = former.lastTerms();
        return former.state() == PolicyState.SUPERSEDED && terms != null && terms.rollout().isForEveryone();
    }

    private static String reason(PolicyEntry entry, RolloutCounts counts, RolloutRate rate) {
        BigDecimal limit = Objects.requireNonNull(entry.plan()).gate().limit(rate).orElseThrow();
        return "the " + rate.key() + " rate is above its limit of " + limit.toPlainString() + ": " + counts.of(rate) + " of " + counts.receipts()
                + " receipts";
    }

    private static boolean isNobody(PolicyEntry entry) {
        return entry.rollout().equals(NOBODY);
    }

    /** A switch is taken back by who set it: also when its time is over, nothing is promoted until then. */
    private static boolean isKilled(PolicyEntry entry) {
        ReleaseTerms terms = entry.terms();
        return terms != null && terms.killedUntil() != null;
    }
}
