package io.zeroui.tenant.evidence.search;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of receipts.
 *
 * @param items their rows
 * @param nextCursor for the page behind it; null when there is none
 */
@JsonNaming(SnakeCaseStrategy.class)
record SearchAnswer(List<IndexAnswer> items, @Nullable String nextCursor) {

    SearchAnswer {
        items = List.copyOf(items);
    }
}
