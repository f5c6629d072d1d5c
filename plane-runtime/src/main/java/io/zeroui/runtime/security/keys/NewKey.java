package io.zeroui.runtime.security.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a key, unchecked.
 *
 * @param name what people call it, 1 to 100 characters
 * @param tenantId the only tenant it shall work for; null for the whole plane
 * @param permissions what it shall be allowed to do; nothing that its maker may not do
 * @param expiresIn ISO 8601 period or duration, for example {@code P30D}; null for never
 */
public record NewKey(@Nullable String name, @JsonProperty("tenant_id") @Nullable String tenantId,
        @Nullable List<String> permissions, @JsonProperty("expires_in") @Nullable String expiresIn) {
}
