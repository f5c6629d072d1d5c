package io.zeroui.tenant.evidence.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of receipts.
 *
 * @param groups at most 1,000, each with the values of its keys (null where receipts have none) and {@code count}: the newest
 *        days first, then the greatest counts, then by the values
 * @param total all receipts that met the filters, each counted once
 * @param truncated whether there were more groups
 */
record AggregateAnswer(List<Map<String, @Nullable Object>> groups, long total, boolean truncated) {

    AggregateAnswer {
        groups = List.copyOf(groups);
    }
}
