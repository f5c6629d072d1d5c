package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.tenants.RegistryState;

/**
 * A tenant of the registry, whole.
 *
 * @param tenantId its id
 * @param state whether its receipts are taken
 * @param region where its data is
 * @param version the registry's version at which this became so; of two the higher one is true
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.TENANT_REGISTRY)
public record RegisteredTenant(String tenantId, RegistryState state, String region, long version) {
}
