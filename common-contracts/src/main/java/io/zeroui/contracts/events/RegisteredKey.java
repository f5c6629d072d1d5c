package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Origin;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of the registry, whole.
 *
 * @param tenantId whose receipts it signs
 * @param kid its id
 * @param publicKey the key in base64; null where the registry knows its id only
 * @param validFrom see {@link KeyDocument}, like the following
 * @param validUntil null for no limit
 * @param revokedAt null while it is not revoked
 * @param compromisedSince null while it is not revoked
 * @param reason null while it is not revoked
 * @param replacedBy null for none
 * @param version the registry's version at which this became so; of two the higher one is true
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.POLICY)
public record RegisteredKey(String tenantId, String kid, @Nullable String publicKey, @Nullable Instant validFrom,
        @Nullable Instant validUntil, @Nullable Instant revokedAt, @Nullable Instant compromisedSince,
        @Nullable String reason, @Nullable String replacedBy, long version) {

    /** Whose key it is. */
    public TenantId tenant() {
        return TenantId.of(String.valueOf(tenantId));
    }

    /** The key; null where the registry knows its id only. */
    public @Nullable Ed25519PublicKey key() {
        return publicKey == null ? null : Ed25519PublicKey.ofBase64(publicKey);
    }

    /**
     * What lies beside the key in trust folders.
     *
     * @param epoch of the registry
     * @throws IllegalArgumentException when the entry is none
     */
    public KeyDocument document(String epoch) {
        Ed25519PublicKey key = key();
        Revocation revocation = revokedAt == null ? null
                : new Revocation(revokedAt, compromisedSince == null ? revokedAt : compromisedSince, String.valueOf(reason));
        return new KeyDocument(Kid.of(String.valueOf(kid)), key == null ? null : key.fingerprint(), validFrom, validUntil,
                revocation, replacedBy == null ? null : Kid.of(replacedBy), new Origin(epoch, version));
    }
}
