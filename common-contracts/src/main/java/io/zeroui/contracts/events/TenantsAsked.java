package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import java.time.Instant;

/**
 * A question to the tenant registry: what is new?
 *
 * @param epoch the registry that is known; empty for none
 * @param version its version that is known; 0 for none
 * @param askedAt when this was asked, by the asker's clock; the answer repeats it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.PLANE_STATE)
@EventType(EventEnvelope.TENANTS_ASKED)
public record TenantsAsked(String epoch, long version, Instant askedAt) {
}
