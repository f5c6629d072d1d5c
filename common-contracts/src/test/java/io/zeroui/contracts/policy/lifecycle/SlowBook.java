package io.zeroui.contracts.policy.lifecycle;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The rules once more, in the slowest way: nothing is kept but the acts, every question reads all of them again. */
final class SlowBook {

    final List<PolicyAct> acts = new ArrayList<>();

    /** The reason why the act is refused; empty when it was done. */
    Optional<PolicyRefusal> act(PolicyAct act) {
        Optional<PolicyRefusal> refusal = refusal(act);
        if (refusal.isEmpty()) {
            acts.add(act);
        }
        return refusal;
    }

    private Optional<PolicyRefusal> refusal(PolicyAct act) {
        PolicyVersion id = act.policy();
        String kind = act.deed().kind();
        String state = state(id);
        if (act.number() != acts.size() + 1) {
            return Optional.of(PolicyRefusal.OUT_OF_ORDER);
        }
        if (state.equals("none") && !kind.equals("drafted") && !kind.equals("restored")) {
            return Optional.of(PolicyRefusal.NO_SUCH_VERSION);
        }
        if (state.equals("revoked")) {
            return Optional.of(PolicyRefusal.ALREADY_REVOKED);
        }
        if (List.of("rejected", "halted", "killed", "revoked", "restored").contains(kind) && act.reason().isBlank()) {
            return Optional.of(PolicyRefusal.REASON_MISSING);
        }
        return Optional.ofNullable(switch (kind) {
            case "drafted" -> ofDraft(act, state);
            case "restored" -> ofRestoration(act, state);
            case "submitted" -> state.equals("draft") ? null : PolicyRefusal.NOT_A_DRAFT;
            case "approved" -> !state.equals("in_review") ? PolicyRefusal.NOT_IN_REVIEW
                    : written(id).by().equals(act.by()) ? PolicyRefusal.AUTHOR_APPROVES : null;
            case "rejected" -> state.equals("in_review") ? null : PolicyRefusal.NOT_IN_REVIEW;
            case "released" -> state.equals("approved") ? null : PolicyRefusal.NOT_APPROVED;
            case "revoked" -> has(id, "approved") || has(id, "restored") ? null : PolicyRefusal.NOT_APPROVED;
            default -> state.equals("released") ? ofTerms(act) : PolicyRefusal.NOT_RELEASED;
        });
    }

    private PolicyRefusal ofDraft(PolicyAct act, String state) {
        if (!state.equals("none")) {
            return written(act.policy()).deed().equals(act.deed()) ? PolicyRefusal.VERSION_EXISTS : PolicyRefusal.OTHER_CONTENT;
        }
        return ofName(act);
    }

    private PolicyRefusal ofRestoration(PolicyAct act, String state) {
        PolicyVersion from = new PolicyVersion(act.policy().policyId(), ((Deed.Restored) act.deed()).from());
        PolicyRefusal refusal = switch (state(from)) {
            case "none" -> PolicyRefusal.NO_SUCH_VERSION;
            case "revoked" -> PolicyRefusal.ALREADY_REVOKED;
            case "released" -> PolicyRefusal.STILL_RELEASED;
            case "approved" -> PolicyRefusal.NEVER_RELEASED;
            case "superseded" -> null;
            default -> PolicyRefusal.NOT_APPROVED;
        };
        if (refusal == null && !state.equals("none")) {
            return written(act.policy()).deed().equals(written(from).deed()) ? PolicyRefusal.VERSION_EXISTS : PolicyRefusal.OTHER_CONTENT;
        }
        return refusal == null ? ofName(act) : refusal;
    }

    private PolicyRefusal ofName(PolicyAct act) {
        return acts.stream().anyMatch(other -> other.policy().id().equals(act.policy().id())) ? PolicyRefusal.AMBIGUOUS_NAME : null;
    }

    private PolicyRefusal ofTerms(PolicyAct act) {
        Rollout now = rollout(act.policy());
        if (act.deed() instanceof Deed.Halted) {
            return now.basisPoints() == 0 && now.edges().isEmpty() && now.repos().isEmpty() ? PolicyRefusal.ALREADY_HALTED : null;
        }
        if (act.deed() instanceof Deed.Killed kill) {
            if (kill.until() == null) {
                return killed(act.policy()) == null ? PolicyRefusal.NOT_KILLED : null;
            }
            return kill.until().compareTo(act.at()) <= 0 ? PolicyRefusal.KILLED_IN_THE_PAST : null;
        }
        Rollout then = ((Deed.Promoted) act.deed()).rollout();
        boolean all = now.basisPoints() != 10_000;
        if (then.basisPoints() != 10_000) {
            all &= then.basisPoints() >= now.basisPoints();
            all &= now.edges().stream().allMatch(then.edges()::contains) && now.repos().stream().allMatch(then.repos()::contains);
            all &= !then.equals(now);
        }
        return all ? null : PolicyRefusal.NARROWER_ROLLOUT;
    }

    /** {@code none} where there is no such version. */
    String state(PolicyVersion id) {
        if (!has(id, "drafted") && !has(id, "restored")) {
            return "none";
        }
        if (has(id, "revoked")) {
            return "revoked";
        }
        if (isSuperseded(id)) {
            return "superseded";
        }
        return hasOrder(id) ? "released" : has(id, "rejected") ? "rejected" : has(id, "approved") ? "approved"
                : has(id, "submitted") ? "in_review" : "draft";
    }

    private boolean isSuperseded(PolicyVersion id) {
        return hasOrder(id) && acts.stream().filter(act -> act.policy().policyId().equals(id.policyId()))
                .filter(act -> act.deed() instanceof Deed.Released release && release.rollout().isForEveryone()
                        || act.deed() instanceof Deed.Promoted promotion && promotion.rollout().isForEveryone()
                        || act.deed() instanceof Deed.Restored)
                .anyMatch(act -> order(act.policy()) > order(id));
    }

    ReleaseTerms terms(PolicyVersion id) {
        return new ReleaseTerms(order(id), rollout(id), failMode(id), killed(id));
    }

    /** The plan of a released version; null where it has none. */
    RolloutPlan plan(PolicyVersion id) {
        return has(id, "restored") ? null : ((Deed.Released) last(id, "released").deed()).plan();
    }

    private FailMode failMode(PolicyVersion id) {
        return has(id, "restored") ? failMode(from(id)) : ((Deed.Released) last(id, "released").deed()).failMode();
    }

    private PolicyVersion from(PolicyVersion id) {
        return new PolicyVersion(id.policyId(), ((Deed.Restored) last(id, "restored").deed()).from());
    }

    private boolean hasOrder(PolicyVersion id) {
        return has(id, "released") || has(id, "restored");
    }

    private long order(PolicyVersion id) {
        return last(id, has(id, "restored") ? "restored" : "released").number();
    }

    /** The draft that its content comes from in the end. */
    PolicyAct written(PolicyVersion id) {
        return has(id, "restored") ? written(from(id)) : last(id, "drafted");
    }

    /** Who approved that draft. */
    String approver(PolicyVersion id) {
        return has(id, "restored") ? approver(from(id)) : has(id, "approved") ? last(id, "approved").by() : null;
    }

    private Rollout rollout(PolicyVersion id) {
        PolicyAct act = last(id, a -> List.of("released", "promoted", "halted", "restored").contains(a.deed().kind()));
        return act.deed() instanceof Deed.Released release ? release.rollout()
                : act.deed() instanceof Deed.Promoted promotion ? promotion.rollout()
                        : act.deed() instanceof Deed.Restored ? Rollout.everyone() : new Rollout(0, Set.of(), Set.of());
    }

    private Instant killed(PolicyVersion id) {
        if (has(id, "killed")) {
            return ((Deed.Killed) last(id, "killed").deed()).until();
        }
        if (!has(id, "restored")) {
            return null;
        }
        Instant before = killed(from(id));
        return before != null && before.isAfter(last(id, "restored").at()) ? before : null;
    }

    private boolean has(PolicyVersion id, String kind) {
        return acts.stream().anyMatch(act -> act.policy().equals(id) && act.deed().kind().equals(kind));
    }

    private PolicyAct last(PolicyVersion id, String kind) {
        return last(id, act -> act.deed().kind().equals(kind));
    }

    private PolicyAct last(PolicyVersion id, Predicate<PolicyAct> which) {
        return acts.stream().filter(act -> act.policy().equals(id)).filter(which).reduce((first, second) -> second).orElseThrow();
    }
}
