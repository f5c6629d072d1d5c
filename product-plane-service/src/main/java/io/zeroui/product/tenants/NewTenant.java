package io.zeroui.product.tenants;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a tenant, unchecked.
 *
 * @param tenantId its slug, kebab-case, 1 to 100 characters; names that begin with {@code zeroui-} are reserved
 * @param name what people call it, 1 to 200 characters; null for the slug
 * @param region where its data shall be; null for the region of this installation
 */
public record NewTenant(@JsonProperty("tenant_id") @Nullable String tenantId, @Nullable String name,
        @Nullable String region) {
}
