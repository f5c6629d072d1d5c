package io.zeroui.contracts.policy.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a tenant's release, some or all; and, to an edge, what the tenant adds to them.
 *
 * @param tenantId whose
 * @param targetsVersion of the release that they belong to
 * @param documents in the order in which they are to be taken
 * @param overlay the tenant's own additions, unsigned; null where this is not about them
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.POLICY)
@EventType(EventEnvelope.POLICY_DELIVERED)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyDelivered(String tenantId, long targetsVersion, List<PolicyDocument> documents, @Nullable TenantOverlay overlay) {

    /** Most bytes of such an event that a receiver reads. */
    public static final int MAX_BYTES = 4 << 20;

    public PolicyDelivered {
        if (tenantId == null || documents == null || !TenantId.of(tenantId).value().equals(tenantId)) {
            throw new InvalidEvent("a delivery without tenant or documents");
        }
        documents = List.copyOf(documents);
    }

    /** Documents alone. */
    public PolicyDelivered(String tenantId, long targetsVersion, List<PolicyDocument> documents) {
        this(tenantId, targetsVersion, documents, null);
    }

    /** A tenant's additions alone. */
    public static PolicyDelivered of(TenantId tenant, TenantOverlay overlay) {
        return new PolicyDelivered(tenant.value(), 0, List.of(), overlay);
    }
}
