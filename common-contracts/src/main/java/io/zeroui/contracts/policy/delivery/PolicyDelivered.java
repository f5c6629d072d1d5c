package io.zeroui.contracts.policy.delivery;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import java.util.List;

/**
 * Documents of a tenant's release, some or all.
 *
 * @param tenantId whose
 * @param targetsVersion of the release that they belong to
 * @param documents in the order in which they are to be taken
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.POLICY)
@EventType(EventEnvelope.POLICY_DELIVERED)
public record PolicyDelivered(String tenantId, long targetsVersion, List<PolicyDocument> documents) {

    /** Most bytes of such an event that a receiver reads. */
    public static final int MAX_BYTES = 4 << 20;

    public PolicyDelivered {
        if (tenantId == null || documents == null || !TenantId.of(tenantId).value().equals(tenantId)) {
            throw new InvalidEvent("a delivery without tenant or documents");
        }
        documents = List.copyOf(documents);
    }
}
