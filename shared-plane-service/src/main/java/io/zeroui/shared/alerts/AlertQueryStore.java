package io.zeroui.shared.alerts;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Questions to {@code app.alerts} and {@code app.alert_transitions}. */
@ApplicationScoped
class AlertQueryStore {

    private static final String REASON = "alerts are about the planes, not about tenants";

    private static final String LIST = """
            SELECT rule, plane, instance, severity, state, since, seen_at, figure, threshold
            FROM app.alerts
            WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR severity = $2) AND ($3::text IS NULL OR plane = $3)
                AND ($4::text IS NULL OR rule = $4) AND ($5::text IS NULL OR instance = $5)
                AND (rule, plane, instance) > ($6::text, $7::text, $8::text)
            ORDER BY rule, plane, instance LIMIT $9
            """;

    private static final String COUNTS = "SELECT severity || '_' || state AS name, count(*) AS alerts FROM app.alerts GROUP BY 1";

    private static final String HISTORY = """
            SELECT at, number, rule, plane, instance, severity, from_state, to_state, figure, threshold
            FROM app.alert_transitions
            WHERE at >= $1 AND at <= $2 AND (at, number) < ($2, $3::int8)
                AND ($4::text IS NULL OR to_state = $4) AND ($5::text IS NULL OR severity = $5) AND ($6::text IS NULL OR plane = $6)
                AND ($7::text IS NULL OR rule = $7) AND ($8::text IS NULL OR instance = $8)
            ORDER BY at DESC, number DESC LIMIT $9
            """;

    private final Tenancy tenancy;

    AlertQueryStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** One more than the limit, after a key. */
    Uni<List<AlertView>> list(AlertQuery query, String rule, String plane, String instance) {
        Tuple values = Tuple.tuple().addValue(query.state()).addValue(query.severity()).addValue(query.plane()).addValue(query.rule())
                .addValue(query.instance()).addValue(rule).addValue(plane).addValue(instance).addValue(query.limit() + 1);
        return tenancy.readInPlane(REASON, in -> in.execute(LIST, values)).map(rows -> list(rows, AlertQueryStore::alert));
    }

    /** How many alerts there are by severity and state. */
    Uni<Map<String, Long>> counts() {
        return tenancy.readInPlane(REASON, in -> in.execute(COUNTS)).map(rows -> {
            Map<String, Long> counts = new TreeMap<>();
            rows.forEach(row -> counts.put(row.getString("name"), row.getLong("alerts")));
            return counts;
        });
    }

    /** One more than the limit, newest first, before a change. */
    Uni<List<TransitionView>> history(AlertQuery query, Instant since, Instant at, long number) {
        Tuple values = Tuple.tuple().addValue(since.atOffset(ZoneOffset.UTC)).addValue(at.atOffset(ZoneOffset.UTC)).addValue(number)
                .addValue(query.state()).addValue(query.severity()).addValue(query.plane()).addValue(query.rule()).addValue(query.instance())
                .addValue(query.limit() + 1);
        return tenancy.readInPlane(REASON, in -> in.execute(HISTORY, values)).map(rows -> list(rows, AlertQueryStore::transition));
    }

    private static AlertView alert(Row row) {
        return new AlertView(row.getString("rule"), row.getString("severity"), row.getString("state"), row.getString("plane"),
                row.getString("instance"), row.getOffsetDateTime("since").toInstant(), row.getOffsetDateTime("seen_at").toInstant(),
                row.getDouble("figure"), row.getDouble("threshold"));
    }

    private static TransitionView transition(Row row) {
        return new TransitionView(row.getOffsetDateTime("at").toInstant(), row.getLong("number"), row.getString("rule"),
                row.getString("severity"), row.getString("plane"), row.getString("instance"), row.getString("from_state"),
                row.getString("to_state"), row.getDouble("figure"), row.getDouble("threshold"));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> one) {
        return StreamSupport.stream(rows.spliterator(), false).map(one).toList();
    }
}
