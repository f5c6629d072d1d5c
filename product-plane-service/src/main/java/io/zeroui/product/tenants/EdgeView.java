package io.zeroui.product.tenants;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.zeroui.contracts.tenants.RegistryState;
import java.time.Instant;

/**
 * An edge of the registry.
 *
 * @param edgeId its id
 * @param tenantId the only tenant whose receipts it may send
 * @param name what people call it
 * @param state {@code active}, {@code suspended} or {@code deleted}
 * @param version the registry's version at which it became so
 * @param createdAt when it was enrolled
 * @param createdBy by which caller
 * @param updatedAt when it changed last
 * @param updatedBy by which caller
 */
public record EdgeView(@JsonProperty("edge_id") String edgeId, @JsonProperty("tenant_id") String tenantId, String name,
        RegistryState state, long version, @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("created_by") String createdBy, @JsonProperty("updated_at") Instant updatedAt,
        @JsonProperty("updated_by") String updatedBy) {
}
