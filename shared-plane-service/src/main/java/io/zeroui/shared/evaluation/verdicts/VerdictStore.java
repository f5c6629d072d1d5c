package io.zeroui.shared.evaluation.verdicts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.shared.evaluation.gates.GateDecision;
import io.zeroui.shared.journal.Act;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code app.evaluation_verdicts}. */
@ApplicationScoped
class VerdictStore {

    static final List<String> TABLES = List.of("app.evaluation_verdicts");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String WHY = "evaluations are the plane's own";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "number, gate, gate_version, subject_kind, subject_id, subject_version, passed, run_id, baseline, "
            + "reasons::text AS reasons, decided_at, decided_by, expires_at";

    private static final String INSERT = """
            INSERT INTO app.evaluation_verdicts (number, gate, gate_version, subject_kind, subject_id, subject_version, passed, run_id, baseline,
                reasons, decided_at, decided_by, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, $11, $12, $13)
            """;

    private static final String LIST = "SELECT " + COLUMNS + """
             FROM app.evaluation_verdicts
            WHERE ($1::text IS NULL OR gate = $1) AND ($2::text IS NULL OR subject_kind = $2) AND ($3::text IS NULL OR subject_id = $3)
                AND number < $4
            ORDER BY number DESC
            LIMIT $5
            """;

    /** Where the newest has expired, none counts: an older one that said otherwise must not come back. */
    private static final String NEWEST = "SELECT " + COLUMNS + """
             FROM app.evaluation_verdicts AS one
            WHERE expires_at > $1 AND NOT EXISTS (SELECT FROM app.evaluation_verdicts AS later
                WHERE later.gate = one.gate AND later.subject_kind = one.subject_kind AND later.subject_id = one.subject_id
                    AND later.subject_version = one.subject_version AND later.number > one.number)
            ORDER BY number DESC
            LIMIT $2
            """;

    private final Tenancy tenancy;

    VerdictStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Adds a verdict, within the projection's transaction. */
    Uni<Void> insert(Statements in, Act act) {
        JsonNode verdict = act.detail();
        Instant expires = act.at().plus(Duration.parse(verdict.path("valid_for").asText()));
        return in.execute(INSERT, Tuple.tuple().addLong(act.number()).addString(verdict.path("gate").asText()).addLong(verdict.path("gate_version").asLong())
                .addString(verdict.path("subject_kind").asText()).addString(verdict.path("subject_id").asText())
                .addString(verdict.path("subject_version").asText()).addBoolean(verdict.path("passed").asBoolean()).addString(verdict.path("run").asText())
                .addString(verdict.hasNonNull("baseline") ? verdict.path("baseline").asText() : null).addString(verdict.path("reasons").toString())
                .addOffsetDateTime(act.at().atOffset(ZoneOffset.UTC)).addString(act.by()).addOffsetDateTime(expires.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Verdicts, the newest first; what is null is not asked for. */
    Uni<List<KeptVerdict>> list(@Nullable String gate, @Nullable String subjectKind, @Nullable String subjectId, long before, int limit) {
        return read(LIST, Tuple.of(gate, subjectKind, subjectId, before, limit));
    }

    /** The newest verdict of each gate about each version of a subject that count at a time; the newest first. */
    Uni<List<KeptVerdict>> counting(Instant now, int limit) {
        return read(NEWEST, Tuple.of(now.atOffset(ZoneOffset.UTC), limit));
    }

    private Uni<List<KeptVerdict>> read(String sql, Tuple parameters) {
        return tenancy.readInPlane(WHY, in -> in.execute(sql, parameters)).ifNoItem().after(TIMEOUT).fail()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(VerdictStore::verdict).toList());
    }

    private static KeptVerdict verdict(Row row) {
        try {
            return new KeptVerdict(row.getLong("number"), row.getString("gate"), row.getLong("gate_version"), row.getString("subject_kind"),
                    row.getString("subject_id"), row.getString("subject_version"), row.getBoolean("passed"), row.getString("run_id"),
                    row.getString("baseline"), JSON.readValue(row.getString("reasons"), new TypeReference<List<GateDecision.Reason>>() {
                    }), row.getOffsetDateTime("decided_at").toInstant(), row.getString("decided_by"), row.getOffsetDateTime("expires_at").toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database has a verdict that is none", e);
        }
    }
}
