package io.zeroui.tenant.evidence.export.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a tenant's exports, newest first.
 *
 * @param nextCursor for the page behind it; null when there is none
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ExportPage(List<ExportAnswer> items, @Nullable String nextCursor) {

    public ExportPage {
        items = List.copyOf(items);
    }
}
