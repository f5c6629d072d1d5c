package io.zeroui.shared.providers.index;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An act of the registry.
 *
 * @param act its number
 * @param at when
 * @param by who
 * @param kind what was done
 * @param subject what it was about
 * @param detail everything else
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HistoryRow(long act, Instant at, String by, String kind, String subject,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String detail) {
}
