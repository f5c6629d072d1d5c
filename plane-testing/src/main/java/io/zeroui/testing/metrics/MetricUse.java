package io.zeroui.testing.metrics;

import java.util.Map;
import java.util.Set;

/**
 * A metric that an expression asks for.
 *
 * @param name of the metric
 * @param labels that are matched, however
 * @param values labels that must have exactly this value
 */
public record MetricUse(String name, Set<String> labels, Map<String, String> values) {
}
