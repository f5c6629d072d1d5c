package io.zeroui.shared.evaluation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.shared.evaluation.harness.VersionedDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of datasets, suites or gates.
 *
 * @param items in their order
 * @param next for the parameter {@code after}, or {@code before} of versions, of the next page; absent on the last one
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentList(List<VersionedDocument> items, @Nullable String next) {

    static DocumentList byName(List<VersionedDocument> items, int limit) {
        return new DocumentList(items, items.size() < limit ? null : items.get(limit - 1).name());
    }

    static DocumentList byVersion(List<VersionedDocument> items, int limit) {
        return new DocumentList(items, items.size() < limit ? null : Long.toString(items.get(limit - 1).version()));
    }
}
