package io.zeroui.runtime.rulings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.providers.DecisionQuestion;
import io.zeroui.contracts.rulings.providers.Ground;
import io.zeroui.contracts.rulings.providers.ProviderDecision;
import io.zeroui.contracts.rulings.providers.ProviderDecisions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer over HTTP.
 *
 * @param allowed whether it may
 * @param ground what decided
 * @param rule {@code {id}@{version}} of the rule that decided; absent where none did
 * @param scope {@code organisation} or {@code tenant}: whose rule that is
 * @param model {@code {name}@{version}} that the answer is about
 * @param adapter {@code {name}@{version}} that the answer is about
 * @param modelDeprecated whether that version should be left behind
 * @param adapterDeprecated whether that version should be left behind
 * @param rulingsVersion of the copy that decided; absent on the shared plane, which has no copy
 * @param rulingsEpoch of the copy
 * @param stale whether the copy has expired; absent on the shared plane
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(boolean allowed, Ground ground, @Nullable String rule, @Nullable String scope, @Nullable String model,
        @Nullable String adapter, boolean modelDeprecated, boolean adapterDeprecated, @Nullable Long rulingsEpoch,
        @Nullable Long rulingsVersion, @Nullable Boolean stale) {

    /** An answer from the registry itself. */
    public static DecisionView of(ProviderDecision decision) {
        return of(decision, null, null);
    }

    /** An answer from what a plane knows; without rulings nothing is allowed. */
    public static DecisionView of(KnownRulings known, DecisionQuestion question, Instant now) {
        RulingsMirror.State state = known.state();
        ProviderDecisions decisions = state.decisions();
        SignedRulings rulings = state.rulings();
        return decisions == null || rulings == null
                ? of(new ProviderDecision(false, Ground.NO_RULINGS, null, null, null, null, false, false), null, true)
                : of(decisions.decide(question), rulings, rulings.rulings().isStale(now));
    }

    private static DecisionView of(ProviderDecision decision, @Nullable SignedRulings rulings, @Nullable Boolean stale) {
        return new DecisionView(decision.allowed(), decision.ground(), decision.rule(), decision.scope(), decision.model(), decision.adapter(),
                decision.modelDeprecated(), decision.adapterDeprecated(), rulings == null ? null : rulings.rulings().epoch(),
                rulings == null ? null : rulings.rulings().version(), stale);
    }
}
