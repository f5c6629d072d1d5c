package io.zeroui.product.tenants;

import org.jspecify.annotations.Nullable;

/**
 * The wish for a higher tier, unchecked.
 *
 * @param tier {@code schema} or {@code database}
 * @param database for the tier database, its name in the settings of the plane that keeps the rows, kebab-case
 */
public record Promotion(@Nullable String tier, @Nullable String database) {
}
