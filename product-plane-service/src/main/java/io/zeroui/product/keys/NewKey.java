package io.zeroui.product.keys;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a key, unchecked.
 *
 * @param kid its id
 * @param publicKey SPKI PEM
 * @param validFrom RFC 3339; null for no limit
 * @param validUntil RFC 3339; null for no limit
 * @param overlap in a rotation, how long the former key stays valid, ISO 8601; null for a day
 */
@JsonNaming(SnakeCaseStrategy.class)
public record NewKey(@Nullable String kid, @Nullable String publicKey, @Nullable String validFrom,
        @Nullable String validUntil, @Nullable String overlap) {
}
