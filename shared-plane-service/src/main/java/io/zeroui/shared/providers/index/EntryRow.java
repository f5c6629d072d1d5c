package io.zeroui.shared.providers.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A version in the registry.
 *
 * @param kind {@code provider}, {@code model} or {@code adapter}
 * @param name which one
 * @param version its version
 * @param provider of a model, whose it is
 * @param standing how it stands, by itself, by its name and by its provider: the worst of these
 * @param sunset from when it must not be used any more, the earliest of these
 * @param reason why it stands so, where that was said of the version or its name; empty otherwise
 * @param namespace whose holder signed it
 * @param kid the key that signed it
 * @param sha256 of the document's canonical form
 * @param registeredAt when
 * @param registeredBy by whom
 * @param document the signed document; absent in lists
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EntryRow(String kind, String name, String version, @Nullable String provider, String standing, @Nullable Instant sunset,
        String reason, String namespace, String kid, String sha256, Instant registeredAt, String registeredBy,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) @Nullable String document) {
}
