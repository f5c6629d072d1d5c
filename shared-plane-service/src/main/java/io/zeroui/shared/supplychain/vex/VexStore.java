package io.zeroui.shared.supplychain.vex;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Select;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.supplychain.vex.VexDocument.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables {@code app.vex_documents} and {@code app.vex_statements}. */
@ApplicationScoped
class VexStore {

    /** Kind of the acts that bring documents: digest, bytes. */
    static final String ADDED = "vex-added";

    private static final String WHY = "statements on vulnerabilities belong to the organisation, not to a tenant";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String DOCUMENT = """
            INSERT INTO app.vex_documents (vex_id, digest, format, document_id, author, stated_at, bytes, statements, added_at, added_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String STATEMENTS = """
            INSERT INTO app.vex_statements (vex_id, ordinal, author, vulnerability, product, subcomponent, coordinate, status, justification, detail, stated_at)
            SELECT $1, new.ordinal, $2, new.vulnerability, new.product, new.subcomponent, new.coordinate, new.status, new.justification, new.detail, new.stated_at
              FROM UNNEST ($3::int4[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[])
                   AS new (ordinal, vulnerability, product, subcomponent, coordinate, status, justification, detail, stated_at)
            """;

    private static final Select FIND = Select.of("""
            SELECT vex_id, digest, format, document_id, author, stated_at, bytes, statements, added_at, added_by
              FROM app.vex_documents
             WHERE digest = $1""");

    private static final Select LIST = Select.of("""
            SELECT vex_id, digest, format, document_id, author, stated_at, bytes, statements, added_at, added_by
              FROM app.vex_documents
             WHERE vex_id < $1
             ORDER BY vex_id DESC
             LIMIT $2""");

    private static final Select BY = Select.of("SELECT " + StoredStatement.COLUMNS + """
             FROM app.vex_statements AS t
             JOIN app.vex_documents AS d ON d.vex_id = t.vex_id
            WHERE ($1::text IS NULL OR t.vulnerability = $1) AND ($2::text IS NULL OR t.coordinate = $2) AND (t.vex_id, t.ordinal) > ($3::int8, $4::int4)
            ORDER BY t.vex_id, t.ordinal
            LIMIT $5""");

    /** The newest of each author on each vulnerability in each thing. */
    private static final Select ON_SBOM = Select.of("SELECT DISTINCT ON (t.author, t.vulnerability, t.product, t.subcomponent) " + StoredStatement.COLUMNS + """
             FROM (SELECT DISTINCT c.coordinate
                     FROM app.sbom_components AS o
                     JOIN app.components AS c ON c.component_id = o.component_id
                    WHERE o.sbom_id = $1) AS own
             JOIN app.vex_statements AS t ON t.coordinate = own.coordinate
             JOIN app.vex_documents AS d ON d.vex_id = t.vex_id
            ORDER BY t.author, t.vulnerability, t.product, t.subcomponent, t.stated_at DESC, t.vex_id DESC, t.ordinal DESC
            LIMIT $2""");

    private static final Select COMPONENTS = Select.of("""
            SELECT DISTINCT c.component_id, c.coordinate, c.purl, c.name, c.version
              FROM app.sbom_components AS o
              JOIN app.components AS c ON c.component_id = o.component_id
             WHERE o.sbom_id = $1 AND c.coordinate = ANY ($2)
             ORDER BY c.coordinate, c.component_id""");

    private final Tenancy tenancy;

    VexStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * A component of a document.
     *
     * @param id its id
     * @param coordinate what stays the same from version to version
     * @param purl its package URL
     * @param name its name
     * @param version its version
     */
    record Own(UUID id, String coordinate, @Nullable String purl, String name, @Nullable String version) {
    }

    /** Writes a document within the journal's transaction. */
    Uni<Void> write(Statements in, Act act, VexDocument document) {
        Instant documentAt = Objects.requireNonNullElse(document.statedAt(), act.at());
        List<Statement> all = document.statements();
        Tuple header = Tuple.tuple().addLong(act.number()).addString(act.detail().path("digest").asText()).addString(document.format())
                .addString(document.id()).addString(document.author()).addOffsetDateTime(utc(documentAt)).addLong(act.detail().path("bytes").asLong())
                .addInteger(all.size()).addOffsetDateTime(utc(act.at())).addString(act.by());
        Tuple rows = Tuple.tuple().addLong(act.number()).addString(document.author())
                .addArrayOfInteger(IntStream.range(0, all.size()).boxed().toArray(Integer[]::new));
        texts(rows, all, Statement::vulnerability);
        texts(rows, all, Statement::product);
        texts(rows, all, Statement::subcomponent);
        texts(rows, all, one -> Vex.coordinate(one.subcomponent().isEmpty() ? one.product() : one.subcomponent()));
        texts(rows, all, Statement::status);
        texts(rows, all, Statement::justification);
        texts(rows, all, Statement::detail);
        rows.addArrayOfOffsetDateTime(all.stream().map(one -> utc(Objects.requireNonNullElse(one.statedAt(), documentAt))).toArray(OffsetDateTime[]::new));
        return in.execute(DOCUMENT, header).chain(() -> in.execute(STATEMENTS, rows)).replaceWithVoid();
    }

    private static void texts(Tuple rows, List<Statement> all, Function<Statement, @Nullable String> column) {
        String[] values = new String[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(all.get(i));
        }
        rows.addArrayOfString(values);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** By its digest. */
    Uni<Optional<StoredVex>> find(Hash digest) {
        return list(FIND, Tuple.of(digest.hex())).map(rows -> rows.stream().findFirst().map(StoredVex::of));
    }

    /** The newest first, before a number. */
    Uni<List<StoredVex>> list(long before, int most) {
        return list(LIST, Tuple.of(before, most)).map(rows -> rows.stream().map(StoredVex::of).toList());
    }

    /** Statements on a vulnerability, or on all versions of something, or both, behind a place. */
    Uni<List<StoredStatement>> by(@Nullable String vulnerability, @Nullable String coordinate, long vexId, int ordinal, int most) {
        return list(BY, Tuple.of(vulnerability, coordinate, vexId, ordinal, most)).map(rows -> rows.stream().map(StoredStatement::of).toList());
    }

    /** The newest statement of each author on each vulnerability in something that a document has, in whatever version; at most so many. */
    Uni<List<StoredStatement>> onSbom(long sbomId, int most) {
        return list(ON_SBOM, Tuple.of(sbomId, most)).map(rows -> rows.stream().map(StoredStatement::of).toList());
    }

    /** A document's components of these coordinates. */
    Uni<List<Own>> components(long sbomId, List<String> coordinates) {
        return list(COMPONENTS, Tuple.of(sbomId, coordinates.toArray(String[]::new))).map(rows -> rows.stream().map(row -> new Own(row.getUUID("component_id"),
                row.getString("coordinate"), row.getString("purl"), row.getString("name"), row.getString("version"))).toList());
    }

    private Uni<List<Row>> list(Select select, Tuple parameters) {
        return tenancy.listInPlane(WHY, select, parameters).ifNoItem().after(TIMEOUT).fail();
    }
}
