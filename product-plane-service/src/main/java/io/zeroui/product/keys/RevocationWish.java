package io.zeroui.product.keys;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a revocation, unchecked.
 *
 * @param reason why, for people
 * @param compromisedSince RFC 3339, not in the future; null for now
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RevocationWish(@Nullable String reason, @Nullable String compromisedSince) {
}
