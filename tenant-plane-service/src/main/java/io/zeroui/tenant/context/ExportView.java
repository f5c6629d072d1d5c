package io.zeroui.tenant.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.tenant.context.ExportFiles.Applied;
import io.zeroui.tenant.context.ExportFiles.Exported;
import io.zeroui.tenant.context.ExportFiles.Standing;
import io.zeroui.tenant.context.ExportFiles.Withdrawn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export as a caller sees it.
 *
 * @param exportId which
 * @param kind what it is, for example {@code document}
 * @param state {@code pending}, {@code searchable}, {@code refused}, {@code withdrawing} or {@code withdrawn}
 * @param title redacted; absent once it is withdrawn, as are tags, characters and what was removed
 * @param characters of the redacted text
 * @param removed how many places were removed: {@code source_code}, {@code secret}, {@code personal_data}
 * @param exportedBy who exported it
 * @param appliedAt when the product plane had carried it out, or had refused it
 * @param refusal why it was refused
 * @param withdrawnBy who withdrew it
 * @param content the redacted text, where it was asked for
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportView(UUID exportId, String kind, String state, @Nullable String title, @Nullable List<String> tags, @Nullable Integer characters,
        @Nullable Map<String, Integer> removed, Instant exportedAt, @Nullable String exportedBy, @Nullable Instant appliedAt,
        @Nullable String refusal, @Nullable Instant withdrawnAt, @Nullable String withdrawnBy, @Nullable String reason, @Nullable String content) {

    static ExportView of(Standing standing, @Nullable String content) {
        Applied applied = standing.isSettled(null) ? standing.applied() : null;
        Instant at = applied == null ? null : applied.at();
        String refusal = applied == null ? null : applied.refusal();
        Withdrawn end = standing.withdrawn();
        if (end != null) {
            return new ExportView(end.exportId(), end.kind(), applied == null ? "withdrawing" : "withdrawn", null, null, null, null, end.exportedAt(), null,
                    at, refusal, end.withdrawnAt(), end.by(), end.reason(), null);
        }
        Exported export = Objects.requireNonNull(standing.exported());
        String state = applied == null ? "pending" : refusal == null ? "searchable" : "refused";
        return new ExportView(export.exportId(), export.kind(), state, export.title(), export.tags(), export.characters(), export.removed(),
                export.exportedAt(), export.by(), at, refusal, null, null, null, content);
    }
}
