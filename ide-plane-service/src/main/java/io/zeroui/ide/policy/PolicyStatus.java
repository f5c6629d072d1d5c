package io.zeroui.ide.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.runtime.policy.PolicyMirror;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How this edge's policies stand.
 *
 * @param tenantId whose policies they are
 * @param rootVersion newest root that is believed; 0 while there is none, and nothing is believed
 * @param release version of the release that is active; 0 for none
 * @param policies how many policies of it are for this edge
 * @param fresh whether it was the newest not long ago, and nothing of it has expired
 * @param confirmedAt when it was last said to be the newest; absent for none
 * @param ageSeconds since then; absent for none
 * @param objection why the last delivery was refused; absent where it was not
 * @param detail the same in words
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyStatus(String tenantId, long rootVersion, long release, int policies, boolean fresh, @Nullable Instant confirmedAt,
        @Nullable Long ageSeconds, @Nullable PolicyObjection objection, @Nullable String detail) {

    static PolicyStatus of(TenantId tenant, PolicyMirror.State state, ActivePolicies active, Instant now) {
        Instant confirmed = state.confirmedAt();
        return new PolicyStatus(tenant.value(), state.rootVersion(), active.targetsVersion(), active.byId().size(), state.isFresh(now), confirmed,
                confirmed == null ? null : Math.max(0, Duration.between(confirmed, now).toSeconds()), state.objection(), state.detail());
    }
}
