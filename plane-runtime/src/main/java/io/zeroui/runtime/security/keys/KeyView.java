package io.zeroui.runtime.security.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.identity.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is shown.
 *
 * @param keyId its public part
 * @param key the whole key with its secret: only in the answer to its making
 * @param name what people call it
 * @param tenantId the only tenant it works for
 * @param permissions what it may do
 * @param state {@code active}, {@code expired} or {@code revoked}
 * @param createdAt when it was made
 * @param createdBy by which caller
 * @param expiresAt when it ends
 * @param revokedAt when it was revoked
 * @param replaces the key that it replaces
 * @param lastUsedOn the last day (UTC) on which it was used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyView(@JsonProperty("key_id") String keyId, @Nullable String key, String name,
        @JsonProperty("tenant_id") @Nullable String tenantId, List<String> permissions, String state,
        @JsonProperty("created_at") Instant createdAt, @JsonProperty("created_by") String createdBy,
        @JsonProperty("expires_at") @Nullable Instant expiresAt,
        @JsonProperty("revoked_at") @Nullable Instant revokedAt, @Nullable String replaces,
        @JsonProperty("last_used_on") @Nullable LocalDate lastUsedOn) {

    static KeyView of(StoredKey stored, @Nullable ApiKey secret, Instant now) {
        TenantId tenant = stored.tenant();
        String state = stored.revokedAt() != null ? "revoked" : stored.isValidAt(now) ? "active" : "expired";
        return new KeyView(stored.keyId(), secret == null ? null : secret.reveal(), stored.name(),
                tenant == null ? null : tenant.value(),
                stored.permissions().stream().map(permission -> permission.text()).sorted().toList(), state,
                stored.createdAt(), stored.createdBy(), stored.expiresAt(), stored.revokedAt(), stored.replaces(),
                stored.lastUsedOn());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "KeyView[" + keyId + ", " + name + ", " + state + "]";
    }
}
