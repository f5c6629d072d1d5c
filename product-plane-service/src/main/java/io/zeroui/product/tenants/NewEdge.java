package io.zeroui.product.tenants;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The wish for an edge's enrolment, unchecked.
 *
 * @param edgeId its id, kebab-case, 1 to 100 characters, unique over all tenants
 * @param name what people call it, 1 to 200 characters; null for the id
 */
public record NewEdge(@JsonProperty("edge_id") @Nullable String edgeId, @Nullable String name) {
}
