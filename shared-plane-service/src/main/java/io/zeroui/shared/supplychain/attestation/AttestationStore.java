package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the tables of attestations. */
@ApplicationScoped
class AttestationStore {

    private static final String WHY = "attestations are no tenant's";
    private static final int SUBJECTS_MOST = 100;

    private static final String COLUMNS = """
            a.id, a.number, a.changed, a.size, a.form, a.payload_type, a.predicate_type, a.builder, a.build_type, a.source, a.added_by,
            a.added_at, a.trust_version, a.verified, a.result::text AS result
            """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM app.attestations AS a WHERE a.id = $1";

    private static final String SUBJECTS = """
            SELECT digest, name FROM app.attestation_subjects WHERE attestation = $1 ORDER BY digest, name LIMIT $2
            """;

    private static final String IS_ABOUT = "SELECT 1 AS one FROM app.attestation_subjects WHERE attestation = $1 AND digest = $2 LIMIT 1";

    private static final String LINKS = """
            SELECT kind, target, digest, linked_by, linked_at FROM app.attestation_links WHERE attestation = $1
             ORDER BY kind, target, digest LIMIT $2
            """;

    private static final String RESULTS = """
            SELECT number, trust_version, verified, result::text AS result, checked_by, checked_at
              FROM app.attestation_results WHERE attestation = $1 AND number < $2 ORDER BY number DESC LIMIT $3
            """;

    private static final String WHERE = """
             WHERE a.number < $1 AND ($3::text IS NULL OR a.predicate_type = $3) AND ($4::text IS NULL OR a.builder = $4)
               AND ($5::text IS NULL OR a.signer = $5) AND ($6::boolean IS NULL OR a.verified = $6)
            """;

    private static final String LIST = "SELECT " + COLUMNS + " FROM app.attestations AS a" + WHERE + " ORDER BY a.number DESC LIMIT $2";

    private static final String LIST_ABOUT = "SELECT " + COLUMNS + """
             FROM (SELECT DISTINCT s.attestation, s.number FROM app.attestation_subjects AS s WHERE s.digest = $7 AND s.number < $1) AS s
             JOIN app.attestations AS a ON a.id = s.attestation
            """ + WHERE + " ORDER BY s.number DESC LIMIT $2";

    private static final String LIST_LINKED = "SELECT " + COLUMNS + """
             FROM (SELECT DISTINCT l.attestation, l.number FROM app.attestation_links AS l
                    WHERE l.kind = $7 AND l.target = $8 AND l.number < $1) AS l
             JOIN app.attestations AS a ON a.id = l.attestation
            """ + WHERE + """
               AND ($9::text IS NULL OR EXISTS (SELECT 1 FROM app.attestation_subjects AS s WHERE s.attestation = a.id AND s.digest = $9))
             ORDER BY l.number DESC LIMIT $2
            """;

    private static final String STALE = """
            SELECT id FROM app.attestations WHERE trust_version < $1 ORDER BY trust_version, number LIMIT $2
            """;

    private static final String TRUST = """
            SELECT version, document, note, set_by, set_at FROM app.attestation_trust WHERE version < $1 ORDER BY version DESC LIMIT $2
            """;

    private final Tenancy tenancy;
    private final ObjectMapper json;

    AttestationStore(Tenancy tenancy, ObjectMapper json) {
        this.tenancy = tenancy;
        this.json = json;
    }

    /** One attestation with its subjects and links. */
    Uni<Optional<AttestationView>> find(String id) {
        return tenancy.readInPlane(WHY, in -> in.execute(FIND, Tuple.of(id))
                .chain(rows -> in.execute(SUBJECTS, Tuple.of(id, SUBJECTS_MOST)).map(subjects -> list(subjects,
                        row -> new AttestationView.Subject(row.getString("digest"), row.getString("name"))))
                        .chain(subjects -> in.execute(LINKS, Tuple.of(id, SUBJECTS_MOST)).map(links -> list(links, AttestationStore::link))
                                .map(links -> list(rows, row -> view(row).with(subjects, links)).stream().findFirst()))));
    }

    /** Whether the attestation is there and has a subject with this digest. */
    Uni<Boolean> isAbout(String id, String digest) {
        return tenancy.readInPlane(WHY, in -> in.execute(IS_ABOUT, Tuple.of(id, digest)).map(rows -> rows.size() > 0));
    }

    /** Attestations, newest first, one more than the limit where there are more. */
    Uni<List<AttestationView>> list(AttestationQuery query) {
        Tuple parameters = Tuple.tuple().addLong(query.before()).addInteger(query.limit() + 1).addString(query.predicateType())
                .addString(query.builder()).addString(query.signer()).addBoolean(query.verified());
        String sql = LIST;
        if (query.linkKind() != null) {
            sql = LIST_LINKED;
            parameters.addString(query.linkKind()).addString(query.linkTarget()).addString(query.subject());
        } else if (query.subject() != null) {
            sql = LIST_ABOUT;
            parameters.addString(query.subject());
        }
        String select = sql;
        return tenancy.readInPlane(WHY, in -> in.execute(select, parameters).map(rows -> list(rows, this::view)));
    }

    /** Verifications of an attestation, newest first, one more than the limit where there are more. */
    Uni<List<ResultView>> results(String id, long before, int limit) {
        return tenancy.readInPlane(WHY, in -> in.execute(RESULTS, Tuple.of(id, before, limit + 1)).map(rows -> list(rows, this::result)));
    }

    /** Attestations that were last verified under an older trust root than this. */
    Uni<List<String>> stale(long trustVersion, int most) {
        return tenancy.readInPlane(WHY, in -> in.execute(STALE, Tuple.of(trustVersion, most))
                .map(rows -> list(rows, row -> row.getString("id"))));
    }

    /** Trust roots before a version, newest first. */
    Uni<List<TrustView>> trust(long before, int most) {
        return tenancy.readInPlane(WHY, in -> in.execute(TRUST, Tuple.of(before, most)).map(rows -> list(rows, AttestationStore::trust)));
    }

    private AttestationView view(Row row) {
        return new AttestationView(row.getString("id"), row.getLong("number"), row.getLong("changed"), row.getLong("size"),
                row.getString("form"), row.getString("payload_type"), row.getString("predicate_type"), row.getString("builder"),
                row.getString("build_type"), row.getString("source"), row.getString("added_by"), at(row, "added_at"),
                row.getLong("trust_version"), row.getBoolean("verified"), json(row.getString("result")), null, null);
    }

    private ResultView result(Row row) {
        return new ResultView(row.getLong("number"), row.getLong("trust_version"), row.getBoolean("verified"),
                json(row.getString("result")), row.getString("checked_by"), at(row, "checked_at"));
    }

    private static LinkView link(Row row) {
        return new LinkView(row.getString("kind"), row.getString("target"), row.getString("digest"), row.getString("linked_by"),
                at(row, "linked_at"));
    }

    private static TrustView trust(Row row) {
        return new TrustView(row.getLong("version"), row.getString("document"), row.getString("note"), row.getString("set_by"),
                at(row, "set_at"), null);
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database has stored what is no JSON", e);
        }
    }

    private static Instant at(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }
}
