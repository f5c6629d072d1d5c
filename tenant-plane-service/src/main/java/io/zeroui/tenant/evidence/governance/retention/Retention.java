package io.zeroui.tenant.evidence.governance.retention;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.LedgerAct.RetentionSet;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.tenant.evidence.LedgerActs;
import io.zeroui.tenant.evidence.governance.Held;
import io.zeroui.tenant.evidence.governance.LegalHolds;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import io.zeroui.tenant.evidence.retention.Cut;
import io.zeroui.tenant.evidence.retention.LedgerDrop;
import io.zeroui.tenant.evidence.retention.LedgerDrop.Preparation;
import io.zeroui.tenant.evidence.work.SerialLane;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long tenants keep their evidence, and that it goes then. A legal hold keeps its day and every later one. */
@ApplicationScoped
class Retention {

    private static final String PLANE = "plane";

    private final LedgerActs ledgers;
    private final LegalHolds holds;
    private final RuleStore rules;
    private final LedgerDrop dropper;
    private final SerialLane lane = new SerialLane();

    Retention(LedgerActs ledgers, LegalHolds holds, RuleStore rules, LedgerDrop dropper) {
        this.ledgers = ledgers;
        this.holds = holds;
        this.rules = rules;
        this.dropper = dropper;
    }

    /**
     * What a tenant keeps.
     *
     * @param rule the act that said how long; null where nobody has: for ever
     * @param base what is left of dropped days; null where none were
     * @param held the oldest receipt that would go today and that a hold keeps; null where none does
     */
    record State(@Nullable Rule rule, @Nullable LedgerBase base, @Nullable Held held) {
    }

    /** Says how long; it counts when this completes, and what is older goes at the next look. */
    Uni<State> set(TenantId tenant, int keptDays, Why why) {
        return ledgers.exclusively(tenant, open -> ledgers.say(open, List.of(new RetentionSet(keptDays, why))))
                .chain(said -> ledgers.indexed(tenant))
                .chain(() -> state(tenant));
    }

    /** How long a tenant keeps its evidence, and what is dropped. */
    Uni<State> state(TenantId tenant) {
        return rules.find(tenant).chain(rule -> dropper.base(tenant).chain(base -> cut(tenant, rule)
                .chain(cut -> firstHeld(tenant, cut))
                .map(held -> new State(rule.orElse(null), base.orElse(null), held.orElse(null)))));
    }

    private Uni<Optional<Cut>> cut(TenantId tenant, Optional<Rule> rule) {
        int kept = rule.map(one -> one.act().days()).orElse(0);
        return kept == 0 ? Uni.createFrom().item(Optional.empty()) : dropper.cut(tenant, kept);
    }

    private Uni<Optional<Held>> firstHeld(TenantId tenant, Optional<Cut> cut) {
        return cut.map(one -> holds.findFirstHeld(tenant, one.sequence())).orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /**
     * Drops what the tenant does not keep any longer, and finishes what was dropped before. One tenant after the other.
     *
     * @return fails with {@link TransientFailure} where it must wait: for the log, or because something else was just done to the
     *         ledger
     */
    Uni<Void> apply(TenantId tenant) {
        return lane.run(() -> dropper.finish(tenant).chain(() -> dropper.lastAct(tenant)).chain(lastAct -> applyNow(tenant, lastAct)));
    }

    private Uni<Void> applyNow(TenantId tenant, long lastAct) {
        return rules.find(tenant).chain(rule -> cut(tenant, rule)
                .chain(cut -> beforeHeld(tenant, cut))
                .chain(cut -> cut.isEmpty() ? Uni.createFrom().voidItem() : drop(tenant, cut.get(), rule.orElseThrow(), lastAct)));
    }

    /** A cut that leaves what is held. */
    private Uni<Optional<Cut>> beforeHeld(TenantId tenant, Optional<Cut> cut) {
        return firstHeld(tenant, cut).chain(held -> held.isEmpty() ? Uni.createFrom().item(cut)
                : dropper.cut(tenant, held.get().day()).map(less -> less.filter(one -> one.sequence() < held.get().sequence())));
    }

    private Uni<Void> drop(TenantId tenant, Cut cut, Rule rule, long lastAct) {
        Why why = Why.of(PLANE, "kept for " + rule.act().days() + " days", rule.act().why().caseId());
        return dropper.prepare(tenant, cut)
                .chain(prepared -> ledgers.exclusively(tenant, open -> dropNow(open, prepared, why, lastAct)))
                .chain(() -> ledgers.indexed(tenant))
                .chain(() -> dropper.finish(tenant));
    }

    /** A hold, an erasure or another rule since the look may change everything that was prepared. */
    private Uni<Void> dropNow(OpenLedger open, Preparation prepared, Why why, long lastAct) {
        return dropper.lastAct(open.tenant()).chain(now -> now == lastAct
                ? dropper.drop(open, prepared, why, said -> ledgers.say(open, said))
                : Uni.createFrom().failure(new TransientFailure("something was done to the ledger of " + open.tenant() + " meanwhile")));
    }
}
