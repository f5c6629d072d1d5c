package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many points have a value.
 *
 * @param value a text, a whole number or a truth
 * @param points how many
 */
public record FacetCount(JsonNode value, long points) {
}
