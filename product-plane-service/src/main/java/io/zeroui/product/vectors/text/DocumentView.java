package io.zeroui.product.vectors.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is read.
 *
 * @param chunks of how many points it consists
 * @param embeddingModel that made their vectors
 * @param metadata further members of their payloads; absent for none
 * @param embedded how many texts were embedded for what was just written: none that the collection had; absent elsewhere
 * @param content the text; absent in lists
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentView(String documentId, @Nullable String documentTitle, @Nullable String fileType, List<String> tags,
        @Nullable String createdAt, int chunks, @Nullable String embeddingModel, @Nullable ObjectNode metadata, @Nullable Integer embedded,
        @Nullable String content) {
}
