package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tables {@code app.evaluation_documents} and {@code app.evaluation_fixtures}. */
@ApplicationScoped
class HarnessStore {

    static final List<String> TABLES = List.of("app.evaluation_documents", "app.evaluation_fixtures");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String WHY = "evaluations are the plane's own";
    private static final int BATCH = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "name, version, digest, document::text AS document, created_at, created_by";

    private static final String INSERT = """
            INSERT INTO app.evaluation_documents (kind, name, version, digest, document, created_at, created_by)
            VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7)
            """;

    private static final String INSERT_FIXTURES = """
            INSERT INTO app.evaluation_fixtures (dataset_digest, fixture, content_sha256, tags)
            SELECT $1, r.fixture, r.content_sha256, r.tags
            FROM jsonb_to_recordset($2::text::jsonb) AS r (fixture text, content_sha256 text, tags text[])
            ON CONFLICT DO NOTHING
            """;

    private static final String FIND = "SELECT " + COLUMNS + """
             FROM app.evaluation_documents
            WHERE kind = $1 AND name = $2 AND ($3::int8 IS NULL OR version = $3)
            ORDER BY version DESC
            LIMIT 1
            """;

    private static final String WITH_DIGEST = "SELECT " + COLUMNS + """
             FROM app.evaluation_documents
            WHERE kind = $1 AND name = $2 AND digest = $3
            ORDER BY version DESC
            LIMIT 1
            """;

    private static final String LIST = "SELECT DISTINCT ON (name) " + COLUMNS + """
             FROM app.evaluation_documents
            WHERE kind = $1 AND name > $2
            ORDER BY name, version DESC
            LIMIT $3
            """;

    private static final String VERSIONS = "SELECT " + COLUMNS + """
             FROM app.evaluation_documents
            WHERE kind = $1 AND name = $2 AND version < $3
            ORDER BY version DESC
            LIMIT $4
            """;

    private static final String FIXTURES = """
            SELECT fixture, content_sha256, tags
            FROM app.evaluation_fixtures
            WHERE dataset_digest = $1 AND fixture > $2
            ORDER BY fixture
            LIMIT $3
            """;

    private final Tenancy tenancy;

    HarnessStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Adds a version, within the projection's transaction. */
    Uni<Void> insert(Statements in, DocumentKind kind, VersionedDocument one) {
        return in.execute(INSERT, Tuple.tuple().addString(kind.key()).addString(one.name()).addLong(one.version()).addString(one.digest())
                .addString(one.document().toString()).addOffsetDateTime(one.createdAt().atOffset(ZoneOffset.UTC)).addString(one.createdBy()))
                .replaceWithVoid();
    }

    /** Adds the fixtures of a dataset that are not there, within the projection's transaction. */
    Uni<Void> insert(Statements in, String digest, List<Fixture> fixtures) {
        List<String> batches = new ArrayList<>();
        for (int from = 0; from < fixtures.size(); from += BATCH) {
            ArrayNode batch = JsonNodeFactory.instance.arrayNode();
            for (Fixture fixture : fixtures.subList(from, Math.min(from + BATCH, fixtures.size()))) {
                ObjectNode row = batch.addObject().put("fixture", fixture.fixture()).put("content_sha256", fixture.contentSha256());
                fixture.tags().forEach(row.putArray("tags")::add);
            }
            batches.add(batch.toString());
        }
        return Multi.createFrom().iterable(batches)
                .onItem().transformToUniAndConcatenate(batch -> in.execute(INSERT_FIXTURES, Tuple.of(digest, batch)))
                .collect().asList().replaceWithVoid();
    }

    /** A version; the newest where none is named. */
    Uni<Optional<VersionedDocument>> find(DocumentKind kind, String name, @Nullable Long version) {
        return read(FIND, Tuple.of(kind.key(), name, version)).map(rows -> rows.stream().findFirst());
    }

    /** The newest version that says that. */
    Uni<Optional<VersionedDocument>> findDigest(DocumentKind kind, String name, String digest) {
        return read(WITH_DIGEST, Tuple.of(kind.key(), name, digest)).map(rows -> rows.stream().findFirst());
    }

    /** The newest version of each, by name. */
    Uni<List<VersionedDocument>> list(DocumentKind kind, String after, int limit) {
        return read(LIST, Tuple.of(kind.key(), after, limit));
    }

    /** The versions of one, the newest first. */
    Uni<List<VersionedDocument>> versions(DocumentKind kind, String name, long before, int limit) {
        return read(VERSIONS, Tuple.of(kind.key(), name, before, limit));
    }

    /** Fixtures of a dataset by id. */
    Uni<List<Fixture>> fixtures(String digest, String after, int limit) {
        return rows(FIXTURES, Tuple.of(digest, after, limit)).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Fixture(row.getString("fixture"), row.getString("content_sha256"), List.of(row.getArrayOfStrings("tags")))).toList());
    }

    private Uni<List<VersionedDocument>> read(String sql, Tuple parameters) {
        return rows(sql, parameters).map(rows -> StreamSupport.stream(rows.spliterator(), false).map(HarnessStore::document).toList());
    }

    private Uni<RowSet<Row>> rows(String sql, Tuple parameters) {
        return tenancy.readInPlane(WHY, in -> in.execute(sql, parameters)).ifNoItem().after(TIMEOUT).fail();
    }

    private static VersionedDocument document(Row row) {
        try {
            return new VersionedDocument(row.getString("name"), row.getLong("version"), row.getString("digest"),
                    (ObjectNode) JSON.readTree(row.getString("document")), row.getOffsetDateTime("created_at").toInstant(), row.getString("created_by"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database has JSON that is none", e);
        }
    }
}
