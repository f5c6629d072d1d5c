package io.zeroui.runtime.security.keys;

import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.access.SecretHash;
import io.zeroui.contracts.identity.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored.
 *
 * @param keyId its public part
 * @param hash of its secret
 * @param name what people call it
 * @param tenant the only tenant it works for; null for a key of the whole plane
 * @param permissions what it may do
 * @param createdAt when it was made
 * @param createdBy by which caller
 * @param expiresAt when it ends; null for never
 * @param revokedAt when it was revoked; null where it was not
 * @param replaces the key id that it was made for as a replacement
 * @param lastUsedOn the last day (UTC) on which it was used
 */
record StoredKey(String keyId, SecretHash hash, String name, @Nullable TenantId tenant, Set<Permission> permissions,
        Instant createdAt, String createdBy, @Nullable Instant expiresAt, @Nullable Instant revokedAt,
        @Nullable String replaces, @Nullable LocalDate lastUsedOn) {

    /** Whether it works at this moment. */
    boolean isValidAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
