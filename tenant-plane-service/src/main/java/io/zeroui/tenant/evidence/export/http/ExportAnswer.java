package io.zeroui.tenant.evidence.export.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.tenant.evidence.export.Export;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An export as its tenant sees it.
 *
 * @param state {@code queued}, {@code running}, {@code done}, {@code failed} or {@code expired}
 * @param progress how far it is
 * @param ledgerSequence the tenant's last one in the moment of which the rows are; absent before it has begun
 * @param rows in the file; like the next three absent unless it is done
 * @param sha256 of the file, {@code sha256:{hex}}
 * @param url path of a link that needs no credential; absent where the plane has no secret
 * @param urlExpiresAt when the link ends; asking again gives a new one
 * @param expiresAt when the file is removed
 * @param reason why it failed, expired or is tried again
 * @param links where to look and to fetch with a credential
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportAnswer(String exportId, String tenantId, String state, Progress progress, String format, String compression,
        Map<String, String> filters, Instant requestedAt, String requestedBy, @Nullable Long ledgerSequence, @Nullable Long rows,
        @Nullable Long bytes, @Nullable String sha256, @Nullable String url, @Nullable Instant urlExpiresAt,
        @Nullable Instant expiresAt, @Nullable String reason, @Nullable String detail, @Nullable Instant endedAt,
        Map<String, String> links) {

    static final String PATH = "/v1/evidence/export/";

    /**
     * How far it is.
     *
     * @param rowsExpected absent before it has begun
     * @param percent of the rows that are expected
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(long rowsWritten, @Nullable Long rowsExpected, int percent) {

        private static final int WHOLE = 100;

        static Progress of(Export export, long written) {
            Export.Moment moment = export.moment();
            if (export.state() == Export.State.DONE) {
                return new Progress(written, written, WHOLE);
            }
            Long expected = moment == null ? null : moment.rows();
            // the last percent is the file's way to the disk
            long percent = expected == null || expected == 0 ? 0 : Math.min(WHOLE - 1, written * WHOLE / expected);
            return new Progress(written, expected, Math.toIntExact(percent));
        }
    }

    public ExportAnswer {
        filters = Map.copyOf(filters);
        links = Map.copyOf(links);
    }

    static ExportAnswer of(Export export, long written, ExportLinks.@Nullable Link link) {
        Export.Moment moment = export.moment();
        Export.File file = export.file();
        Export.End end = export.end();
        String self = PATH + export.id();
        return new ExportAnswer(export.id().value(), export.tenant().value(), export.state().key(), Progress.of(export, written),
                export.wish().format().key(), export.wish().compression(), export.wish().filters().members(),
                export.requestedAt(), export.requestedBy(), moment == null ? null : Long.valueOf(moment.pin()),
                file == null ? null : Long.valueOf(file.rows()), file == null ? null : Long.valueOf(file.bytes()),
                file == null ? null : "sha256:" + file.sha256(), link == null ? null : link.url(),
                link == null ? null : link.expiresAt(), file == null ? null : file.expiresAt(),
                end == null ? null : end.reason().key(), end == null ? null : end.detail(), end == null ? null : end.at(),
                file == null ? Map.of("self", self) : Map.of("self", self, "file", self + "/file"));
    }
}
