package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document with statements that was taken in.
 *
 * @param id number of its act
 * @param digest SHA-256 of the document, hex
 * @param format {@code openvex}, {@code cyclonedx} or {@code csaf}
 * @param documentId what it calls itself
 * @param author who states
 * @param statedAt when
 * @param bytes length of the document
 * @param statements how many it comes to
 * @param addedAt when it was added
 * @param addedBy who added it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredVex(long id, String digest, String format, @Nullable String documentId, String author, Instant statedAt, long bytes, int statements,
        Instant addedAt, String addedBy) {

    static StoredVex of(Row row) {
        return new StoredVex(row.getLong("vex_id"), row.getString("digest"), row.getString("format"), row.getString("document_id"), row.getString("author"),
                row.getOffsetDateTime("stated_at").toInstant(), row.getLong("bytes"), row.getInteger("statements"),
                row.getOffsetDateTime("added_at").toInstant(), row.getString("added_by"));
    }
}
