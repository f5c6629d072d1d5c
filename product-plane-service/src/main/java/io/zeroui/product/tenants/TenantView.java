package io.zeroui.product.tenants;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of the registry.
 *
 * @param tenantId its slug
 * @param name what people call it
 * @param state {@code active}, {@code suspended} or {@code deleted}
 * @param region where its data is
 * @param tier how its rows shall be kept apart from others'
 * @param database for the tier database, which one, by its name in the settings
 * @param version the registry's version at which it became so
 * @param createdAt when it was made
 * @param createdBy by which caller
 * @param updatedAt when it changed last
 * @param updatedBy by which caller
 */
public record TenantView(@JsonProperty("tenant_id") String tenantId, String name, RegistryState state, String region,
        IsolationTier tier, @Nullable String database, long version, @JsonProperty("created_at") Instant createdAt, @JsonProperty("created_by") String createdBy,
        @JsonProperty("updated_at") Instant updatedAt, @JsonProperty("updated_by") String updatedBy) {
}
