package io.zeroui.shared.alerts;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.shared.alerts.AlertRound.Key;
import io.zeroui.shared.alerts.AlertRound.Outcome;
import io.zeroui.shared.alerts.AlertRound.Seen;
import io.zeroui.shared.alerts.AlertRound.Standing;
import io.zeroui.shared.alerts.AlertRound.Transition;
import io.zeroui.shared.alerts.rules.AlertRules;
import io.zeroui.shared.alerts.rules.AlertState;
import io.zeroui.shared.alerts.rules.Phase;
import io.zeroui.shared.alerts.rules.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a look at alerts reads and writes: {@code app.telemetry_reports}, {@code app.alerts} and {@code app.alert_transitions}. */
@ApplicationScoped
class AlertStore {

    private static final String REASON = "alerts are about the planes, not about tenants";

    /** One look at a time, and one clock for all of them: the database's. */
    private static final String BEGIN = "SELECT pg_try_advisory_xact_lock(hashtext('app.alerts')) AS mine, now() AS at";

    private static final String SEEN = """
            SELECT r.plane, r.instance, r.state, GREATEST(0, extract(epoch FROM now() - r.updated_at))::int8 AS silence,
                   COALESCE((SELECT jsonb_object_agg(n.name, r.figures->'counts'->n.name) FROM unnest($1::text[]) AS n (name)
                              WHERE jsonb_exists(r.figures->'counts', n.name)), '{}') AS figures
            FROM app.telemetry_reports AS r
            ORDER BY r.plane, r.instance LIMIT 10000
            """;

    private static final String STANDING = """
            SELECT rule, plane, instance, severity, state, since, seen_at, run_since, figure, threshold
            FROM app.alerts ORDER BY rule, plane, instance LIMIT 100000
            """;

    private static final String KEEP = """
            INSERT INTO app.alerts AS a (rule, plane, instance, severity, state, since, seen_at, run_since, figure, threshold)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
                                 $8::timestamptz[], $9::float8[], $10::float8[])
            ON CONFLICT (rule, plane, instance) DO UPDATE
            SET severity = EXCLUDED.severity, state = EXCLUDED.state, since = EXCLUDED.since, seen_at = EXCLUDED.seen_at,
                run_since = EXCLUDED.run_since, figure = EXCLUDED.figure, threshold = EXCLUDED.threshold, updated_at = now()
            """;

    private static final String REMOVE = """
            DELETE FROM app.alerts AS a USING unnest($1::text[], $2::text[], $3::text[]) AS g (rule, plane, instance)
            WHERE a.rule = g.rule AND a.plane = g.plane AND a.instance = g.instance
            """;

    private static final String NOTE = """
            INSERT INTO app.alert_transitions (at, rule, plane, instance, severity, from_state, to_state, figure, threshold)
            SELECT $1, t.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::float8[]) AS t
            """;

    private final Tenancy tenancy;

    AlertStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** A look at a time. */
    interface Look {
        Outcome at(Instant time, List<Seen> instances, List<Standing> before);
    }

    /** Looks and writes what changed, in one transaction; null where another instance of this service is looking. */
    Uni<@Nullable Outcome> look(Collection<String> figures, Duration freshFor, Look look) {
        return tenancy.inPlane(REASON, in -> in.execute(BEGIN).chain(rows -> {
            Row begun = rows.iterator().next();
            return begun.getBoolean("mine") ? look(in, begun.getOffsetDateTime("at"), figures, freshFor, look) : Uni.createFrom().nullItem();
        }));
    }

    private static Uni<@Nullable Outcome> look(Statements in, OffsetDateTime at, Collection<String> figures, Duration freshFor, Look look) {
        return in.execute(SEEN, Tuple.of(figures.toArray(String[]::new))).map(rows -> list(rows, row -> seen(row, freshFor)))
                .chain(instances -> in.execute(STANDING)
                        .map(rows -> look.at(at.toInstant(), instances, list(rows, AlertStore::standing))))
                .call(outcome -> keep(in, outcome.kept()))
                .call(outcome -> remove(in, outcome.gone()))
                .call(outcome -> note(in, at, outcome.transitions()))
                .map(outcome -> outcome);
    }

    private static Seen seen(Row row, Duration freshFor) {
        Map<String, Long> figures = new HashMap<>();
        long silence = row.getLong("silence");
        figures.put(AlertRules.SILENCE, silence);
        if (silence <= freshFor.toSeconds()) {
            figures.put(AlertRules.DEGRADED, "up".equals(row.getString("state")) ? 0L : 1L);
            JsonObject reported = row.getJsonObject("figures");
            reported.forEach(figure -> {
                if (figure.getValue() instanceof Number number) {
                    figures.put(figure.getKey(), number.longValue());
                }
            });
        }
        return new Seen(Plane.ofKey(row.getString("plane")), row.getString("instance"), figures);
    }

    private static Standing standing(Row row) {
        OffsetDateTime run = row.getOffsetDateTime("run_since");
        AlertState state = new AlertState(Phase.of(row.getString("state")), row.getOffsetDateTime("since").toInstant(),
                row.getOffsetDateTime("seen_at").toInstant(), run == null ? null : run.toInstant());
        return new Standing(new Key(row.getString("rule"), Plane.ofKey(row.getString("plane")), row.getString("instance")),
                Severity.of(row.getString("severity")), state, row.getDouble("figure"), row.getDouble("threshold"));
    }

    private static Uni<Void> keep(Statements in, List<Standing> kept) {
        if (kept.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = keys(Tuple.tuple(), kept.stream().map(Standing::key).toList());
        values.addValue(texts(kept, one -> one.severity().key()));
        values.addValue(texts(kept, one -> one.state().phase().key()));
        values.addValue(times(kept, one -> one.state().since()));
        values.addValue(times(kept, one -> one.state().seen()));
        values.addValue(times(kept, one -> one.state().run()));
        values.addValue(kept.stream().map(Standing::figure).toArray(Double[]::new));
        values.addValue(kept.stream().map(Standing::threshold).toArray(Double[]::new));
        return in.execute(KEEP, values).replaceWithVoid();
    }

    private static Uni<Void> remove(Statements in, List<Key> gone) {
        return gone.isEmpty() ? Uni.createFrom().voidItem() : in.execute(REMOVE, keys(Tuple.tuple(), gone)).replaceWithVoid();
    }

    private static Uni<Void> note(Statements in, OffsetDateTime at, List<Transition> transitions) {
        if (transitions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = keys(Tuple.tuple().addValue(at), transitions.stream().map(one -> one.alert().key()).toList());
        values.addValue(texts(transitions, one -> one.alert().severity().key()));
        values.addValue(texts(transitions, one -> phase(one.from())));
        values.addValue(texts(transitions, one -> phase(one.to())));
        values.addValue(transitions.stream().map(one -> one.alert().figure()).toArray(Double[]::new));
        values.addValue(transitions.stream().map(one -> one.alert().threshold()).toArray(Double[]::new));
        return in.execute(NOTE, values).replaceWithVoid();
    }

    private static String phase(@Nullable Phase phase) {
        return phase == null ? "inactive" : phase.key();
    }

    private static Tuple keys(Tuple values, List<Key> keys) {
        return values.addValue(texts(keys, Key::rule)).addValue(texts(keys, key -> key.plane().key())).addValue(texts(keys, Key::instance));
    }

    private static <T> String[] texts(List<T> all, Function<T, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }

    private static <T> @Nullable OffsetDateTime[] times(List<T> all, Function<T, @Nullable Instant> time) {
        @Nullable
        OffsetDateTime[] times = new OffsetDateTime[all.size()];
        for (int i = 0; i < times.length; i++) {
            Instant one = time.apply(all.get(i));
            times[i] = one == null ? null : one.atOffset(ZoneOffset.UTC);
        }
        return times;
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> one) {
        return StreamSupport.stream(rows.spliterator(), false).map(one).toList();
    }
}
