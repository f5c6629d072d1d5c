package io.zeroui.product.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of the registry. Members without a value are left out.
 *
 * @param tenantId whose receipts it signs
 * @param kid its id
 * @param fingerprint {@code sha256:} and hex; null where the registry knows the id only
 * @param validFrom since when a ledger may take in what it signed
 * @param validUntil from when on it may not any more
 * @param revokedAt when it was revoked
 * @param compromisedSince since when its signatures count for nothing
 * @param reason why it was revoked
 * @param replacedBy the key that its owner signs with instead
 * @param version the registry's version at which it became so
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyView(String tenantId, String kid, @Nullable String fingerprint, @Nullable Instant validFrom,
        @Nullable Instant validUntil, @Nullable Instant revokedAt, @Nullable Instant compromisedSince,
        @Nullable String reason, @Nullable String replacedBy, long version, Instant createdAt, String createdBy,
        Instant updatedAt, String updatedBy) {
}
