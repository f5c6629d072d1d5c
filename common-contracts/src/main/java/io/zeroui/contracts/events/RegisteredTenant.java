package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of the registry, whole.
 *
 * @param tenantId its id
 * @param state whether its receipts are taken
 * @param region where its data is
 * @param tier how its rows shall be kept apart; null, as events of before tiers have it, is shared
 * @param database for the tier database, which one, by its name in the receiver's settings; never an address
 * @param version the registry's version at which this became so; of two the higher one is true
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.TENANT_REGISTRY)
public record RegisteredTenant(String tenantId, RegistryState state, String region, @Nullable IsolationTier tier,
        @Nullable String database, long version) {

    /** A tenant whose rows are in the tables of all. */
    public static RegisteredTenant shared(String tenantId, RegistryState state, String region, long version) {
        return new RegisteredTenant(tenantId, state, region, IsolationTier.SHARED, null, version);
    }
}
