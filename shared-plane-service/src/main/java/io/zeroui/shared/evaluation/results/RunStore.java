package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.journal.Act;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tables of runs, their items, scores and artifacts. */
@ApplicationScoped
class RunStore {

    static final List<String> TABLES = List.of("app.evaluation_runs", "app.evaluation_items", "app.evaluation_scores", "app.evaluation_artifacts");

    /** Reads the documents of acts and rows. */
    static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String WHY = "evaluations are the plane's own";
    private static final String COLUMNS = "run_id, number, document::text AS document, recorded_at, recorded_by";

    private static final String INSERT_RUN = """
            INSERT INTO app.evaluation_runs (number, run_id, suite, results, document, recorded_at, recorded_by)
            VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7)
            """;

    private static final String INSERT_ITEMS = """
            INSERT INTO app.evaluation_items (run_number, item, tags, epochs, errors, outcomes)
            SELECT $1, r.item, r.tags, r.epochs, r.errors, r.outcomes
            FROM jsonb_to_recordset($2::text::jsonb) AS r (item text, tags text[], epochs int, errors int, outcomes jsonb)
            """;

    private static final String INSERT_SCORES = """
            INSERT INTO app.evaluation_scores (run_number, score, item, readings, passes, tags)
            SELECT $1, r.score, r.item, r.readings, r.passes, r.tags
            FROM jsonb_to_recordset($2::text::jsonb) AS r (score text, item text, readings float8[], passes int, tags text[])
            """;

    private static final String INSERT_ARTIFACT = """
            INSERT INTO app.evaluation_artifacts (run_number, name, document, added_at, added_by)
            SELECT number, $2, $3::text::jsonb, $4, $5 FROM app.evaluation_runs WHERE run_id = $1
            """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM app.evaluation_runs WHERE run_id = $1";

    private static final String LIST = "SELECT " + COLUMNS + """
             FROM app.evaluation_runs
            WHERE ($1::text IS NULL OR suite = $1) AND number < $2
            ORDER BY number DESC
            LIMIT $3
            """;

    private static final String ITEMS = """
            SELECT item, tags, epochs, errors, outcomes::text AS outcomes
            FROM app.evaluation_items
            WHERE run_number = $1 AND item > $2 AND ($3::text IS NULL OR tags @> ARRAY[$3]) AND ($4 = false OR errors > 0)
            ORDER BY item
            LIMIT $5
            """;

    private static final String SCORES = """
            SELECT item, readings, passes, tags
            FROM app.evaluation_scores
            WHERE run_number = $1 AND score = $2
            LIMIT 200001
            """;

    private static final String ARTIFACTS = """
            SELECT document::text AS document
            FROM app.evaluation_artifacts
            WHERE run_number = $1
            ORDER BY name
            LIMIT 1000
            """;

    private final Tenancy tenancy;

    RunStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Adds a run, within the projection's transaction. */
    Uni<Void> insert(Statements in, Act act) {
        JsonNode facts = act.detail().path("facts");
        return in.execute(INSERT_RUN, Tuple.tuple().addLong(act.number()).addString(act.detail().path("run_id").asText())
                .addString(facts.path("suite").asText()).addString(facts.path("results").asText()).addString(facts.toString())
                .addOffsetDateTime(act.at().atOffset(ZoneOffset.UTC)).addString(act.by())).replaceWithVoid();
    }

    /** Adds rows of items, within the projection's transaction. */
    Uni<Void> insertItems(Statements in, long run, ArrayNode rows) {
        return in.execute(INSERT_ITEMS, Tuple.of(run, rows.toString())).replaceWithVoid();
    }

    /** Adds rows of scores, within the projection's transaction. */
    Uni<Void> insertScores(Statements in, long run, ArrayNode rows) {
        return in.execute(INSERT_SCORES, Tuple.of(run, rows.toString())).replaceWithVoid();
    }

    /** Adds an artifact, within the projection's transaction. */
    Uni<Void> insertArtifact(Statements in, Act act) {
        JsonNode artifact = act.detail().path("artifact");
        return in.execute(INSERT_ARTIFACT, Tuple.of(act.detail().path("run_id").asText(), artifact.path("name").asText(), artifact.toString(),
                act.at().atOffset(ZoneOffset.UTC), act.by())).replaceWithVoid();
    }

    /** A run by its id. */
    Uni<Optional<RunRecord>> find(String runId) {
        return rows(FIND, Tuple.of(runId)).map(rows -> StreamSupport.stream(rows.spliterator(), false).map(RunStore::run).findFirst());
    }

    /** Runs of a suite, or all; the newest first. */
    Uni<List<RunRecord>> list(@Nullable String suite, long before, int limit) {
        return rows(LIST, Tuple.of(suite, before, limit)).map(rows -> StreamSupport.stream(rows.spliterator(), false).map(RunStore::run).toList());
    }

    /** Items of a run by id. */
    Uni<List<RunItem>> items(long run, String after, @Nullable String tag, boolean failed, int limit) {
        return rows(ITEMS, Tuple.of(run, after, tag, failed, limit)).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new RunItem(row.getString("item"), List.of(row.getArrayOfStrings("tags")), row.getInteger("epochs"),
                        row.getInteger("errors"), json(row.getString("outcomes"))))
                .toList());
    }

    /** The items of a run that have a score, in no order. */
    Uni<List<ItemValues>> scores(long run, String score) {
        return rows(SCORES, Tuple.of(run, score)).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new ItemValues(row.getString("item"), Arrays.asList(row.getArrayOfDoubles("readings")), row.getInteger("passes"),
                        List.of(row.getArrayOfStrings("tags"))))
                .toList());
    }

    /** The artifacts of a run by name. */
    Uni<List<JsonNode>> artifacts(long run) {
        return rows(ARTIFACTS, Tuple.of(run)).map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> json(row.getString("document"))).toList());
    }

    private Uni<RowSet<Row>> rows(String sql, Tuple parameters) {
        return tenancy.readInPlane(WHY, in -> in.execute(sql, parameters)).ifNoItem().after(TIMEOUT).fail();
    }

    private static RunRecord run(Row row) {
        try {
            return new RunRecord(row.getString("run_id"), row.getLong("number"), row.getOffsetDateTime("recorded_at").toInstant(),
                    row.getString("recorded_by"), JSON.readValue(row.getString("document"), RunRecord.Facts.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database has a run that is none", e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database has JSON that is none", e);
        }
    }
}
