package io.zeroui.contracts.policy.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyTimes;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has of a tenant's release, for whoever has more to send the rest. It is a report at the same time.
 *
 * @param tenantId whose release
 * @param edgeId who asks; null where the tenant's mirror does
 * @param rootVersion newest root that is believed; 0 for none: nothing can be believed then
 * @param targetsVersion of the release that is active; 0 for none
 * @param timestampVersion of it; 0 for none
 * @param whole whether everything is wanted, because a delta did not fit
 * @param fresh whether what is active was fresh when this was said
 * @param objection why the last delivery was refused; null where it was not
 * @param detail the same in words
 * @param at when this was said, one of {@link PolicyTimes}
 * @param overlay {@link io.zeroui.contracts.policy.overlay.TenantOverlay#id} of the tenant's additions that are followed; null for none
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Carries(DataClass.POLICY)
@EventType(EventEnvelope.POLICY_ASKED)
public record PolicyAsked(String tenantId, @Nullable String edgeId, long rootVersion, long targetsVersion, long timestampVersion,
        boolean whole, boolean fresh, @Nullable PolicyObjection objection, @Nullable String detail, Instant at, @Nullable String overlay) {

    private static final int MAX_DETAIL = 1_000;
    private static final int MAX_OVERLAY = 100;

    public PolicyAsked {
        if (tenantId == null || !TenantId.of(tenantId).value().equals(tenantId) || at == null || rootVersion < 0
                || targetsVersion < 0 || timestampVersion < 0 || detail != null && detail.length() > MAX_DETAIL
                || edgeId != null && !EdgeId.of(edgeId).value().equals(edgeId)) {
            throw new InvalidEvent("a question about policies without tenant, time or versions");
        }
        if (!PolicyTimes.includes(at)) {
            throw new InvalidEvent("a question of a time that is not in the years 1970 to 9999");
        }
        if (overlay != null && overlay.length() > MAX_OVERLAY) {
            throw new InvalidEvent("a question with something else than an overlay");
        }
    }

    /** Of somebody who follows no additions of a tenant. */
    public PolicyAsked(String tenantId, @Nullable String edgeId, long rootVersion, long targetsVersion, long timestampVersion, boolean whole,
            boolean fresh, @Nullable PolicyObjection objection, @Nullable String detail, Instant at) {
        this(tenantId, edgeId, rootVersion, targetsVersion, timestampVersion, whole, fresh, objection, detail, at, null);
    }

    /** The same, of somebody who follows these additions. */
    public PolicyAsked following(@Nullable TenantOverlay additions) {
        return new PolicyAsked(tenantId, edgeId, rootVersion, targetsVersion, timestampVersion, whole, fresh, objection, detail, at,
                additions == null ? null : additions.id());
    }
}
