package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.tenants.RegistryState;

/**
 * An edge of the registry, whole.
 *
 * @param edgeId its id
 * @param tenantId the only tenant that it is enrolled for
 * @param state whether its receipts are taken
 * @param version the registry's version at which this became so; of two the higher one is true
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.TENANT_REGISTRY)
public record RegisteredEdge(String edgeId, String tenantId, RegistryState state, long version) {
}
