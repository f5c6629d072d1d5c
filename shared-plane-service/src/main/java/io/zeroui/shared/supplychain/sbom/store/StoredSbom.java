package io.zeroui.shared.supplychain.sbom.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bill of materials that was taken in.
 *
 * @param id number of its act
 * @param digest SHA-256 of the document, hex
 * @param format as {@code SbomFormat} writes it
 * @param specVersion of the format's specification
 * @param serial what the document calls itself
 * @param project what it is about
 * @param release which version of that; empty where nobody says
 * @param subjectName what the document says it is about
 * @param subjectVersion which version of that
 * @param subjectPurl package URL of that
 * @param bytes length of the document
 * @param components how many it has
 * @param dependencies how many it has
 * @param findings what is odd in it, in words
 * @param addedAt when it was added
 * @param addedBy who added it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredSbom(long id, String digest, String format, String specVersion, @Nullable String serial, String project, String release,
        @Nullable String subjectName, @Nullable String subjectVersion, @Nullable String subjectPurl, long bytes, int components, int dependencies,
        List<String> findings, Instant addedAt, String addedBy) {

    static final String COLUMNS = """
            s.sbom_id, s.digest, s.format, s.spec_version, s.serial, s.project, s.release, s.subject_name, s.subject_version, s.subject_purl,
            s.bytes, s.components AS component_count, s.dependencies, s.findings, s.added_at, s.added_by""";

    static StoredSbom of(Row row) {
        return new StoredSbom(row.getLong("sbom_id"), row.getString("digest"), row.getString("format"), row.getString("spec_version"),
                row.getString("serial"), row.getString("project"), row.getString("release"), row.getString("subject_name"),
                row.getString("subject_version"), row.getString("subject_purl"), row.getLong("bytes"), row.getInteger("component_count"),
                row.getInteger("dependencies"), Arrays.asList(row.getArrayOfStrings("findings")), row.getOffsetDateTime("added_at").toInstant(),
                row.getString("added_by"));
    }
}
