package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was taken in.
 *
 * @param vexId number of its document's act
 * @param ordinal its place there
 * @param document SHA-256 of its document, hex
 * @param author who states
 * @param vulnerability for example CVE-2021-44228
 * @param product package URL or identifier of the product
 * @param subcomponent package URL or identifier of the component of it; empty where it is about the product
 * @param coordinate of what it is about
 * @param status {@code affected}, {@code not_affected}, {@code fixed} or {@code under_investigation}
 * @param justification why it is not affected
 * @param detail what the author adds
 * @param statedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StoredStatement(@JsonIgnore long vexId, @JsonIgnore int ordinal, String document, String author, String vulnerability, String product,
        String subcomponent, @JsonIgnore String coordinate, String status, @Nullable String justification, @Nullable String detail, Instant statedAt) {

    static final String COLUMNS = """
            t.vex_id, t.ordinal, d.digest, t.author, t.vulnerability, t.product, t.subcomponent, t.coordinate, t.status, t.justification, t.detail,
            t.stated_at""";

    /** What it is about. */
    String about() {
        return subcomponent.isEmpty() ? product : subcomponent;
    }

    static StoredStatement of(Row row) {
        return new StoredStatement(row.getLong("vex_id"), row.getInteger("ordinal"), row.getString("digest"), row.getString("author"),
                row.getString("vulnerability"), row.getString("product"), row.getString("subcomponent"), row.getString("coordinate"), row.getString("status"),
                row.getString("justification"), row.getString("detail"), row.getOffsetDateTime("stated_at").toInstant());
    }
}
