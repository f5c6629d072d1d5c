package io.zeroui.shared.providers.index;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.shared.providers.entries.EntryKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the registry's tables; lists are in the order of their keys. */
@ApplicationScoped
public class ProviderStore {

    private static final String WHY = "the registry of providers is for all tenants";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ENTRY = """
            SELECT e.kind, e.name, e.version, e.provider, e.namespace, e.kid, e.sha256, e.registered_at, e.registered_by, e.document,
                   greatest(e.standing, n.standing, p.standing) AS standing,
                   least(e.sunset, n.sunset, p.sunset) AS sunset,
                   CASE WHEN e.reason <> '' THEN e.reason ELSE coalesce(n.reason, p.reason, '') END AS reason
              FROM app.provider_entries AS e
              LEFT JOIN app.provider_standings AS n ON n.kind = e.kind AND n.name = e.name
              LEFT JOIN app.provider_standings AS p ON p.kind = 'provider' AND p.name = e.provider
            """;

    private static final String LIST_ENTRIES = ENTRY + """
             WHERE e.kind = $1 AND (e.name, e.version) > ($2, $3) AND ($4::text IS NULL OR e.name = $4 OR starts_with(e.name, $4 || '/'))
               AND ($5::text IS NULL OR greatest(e.standing, n.standing, p.standing) = $5)
             ORDER BY e.name, e.version
             LIMIT $6
            """;

    private static final String VERSIONS = ENTRY + " WHERE e.kind = $1 AND e.name = $2 AND ($3::text IS NULL OR e.version = $3) ORDER BY e.act DESC LIMIT 1";

    private static final String NAMESPACES = """
            SELECT namespace, public_key, kid, granted_at, granted_by, reason FROM app.provider_namespaces
             WHERE namespace > $1 ORDER BY namespace LIMIT $2
            """;

    private static final String RULES = """
            SELECT rule, reason, set_at, set_by FROM app.provider_rules
             WHERE id > $1 AND ($2::text IS NULL OR tenant = $2) ORDER BY id LIMIT $3
            """;

    private static final String RULE = "SELECT rule, reason, set_at, set_by FROM app.provider_rules WHERE id = $1";

    private static final String HISTORY = """
            SELECT act, at, by, kind, subject, detail FROM app.provider_history
             WHERE act < $1 AND ($2::text IS NULL OR subject = $2) ORDER BY act DESC LIMIT $3
            """;

    private final Tenancy tenancy;

    ProviderStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * Versions behind one, by name and version, without their documents.
     *
     * @param under a name: only it and what is below; null for all
     * @param standing only what stands so; null for all
     */
    public Uni<List<EntryRow>> entries(EntryKind kind, String afterName, String afterVersion, @Nullable String under, @Nullable String standing,
            int limit) {
        return list(LIST_ENTRIES, Tuple.tuple().addString(kind.key()).addString(afterName).addString(afterVersion).addString(under).addString(standing)
                .addInteger(limit), row -> entry(row, false));
    }

    /** A version with its document; the one that was registered last where none is named. */
    public Uni<Optional<EntryRow>> entry(EntryKind kind, String name, @Nullable String version) {
        return list(VERSIONS, Tuple.tuple().addString(kind.key()).addString(name).addString(version), row -> entry(row, true))
                .map(rows -> rows.stream().findFirst());
    }

    /** Namespaces behind one. */
    public Uni<List<NamespaceRow>> namespaces(String after, int limit) {
        return list(NAMESPACES, Tuple.of(after, limit), row -> new NamespaceRow(row.getString("namespace"), row.getString("public_key"),
                row.getString("kid"), time(row, "granted_at"), row.getString("granted_by"), row.getString("reason")));
    }

    /** Rules behind one; those of a tenant, or all. */
    public Uni<List<RuleRow>> rules(String after, @Nullable String tenant, int limit) {
        return list(RULES, Tuple.tuple().addString(after).addString(tenant).addInteger(limit), ProviderStore::rule);
    }

    /** A rule that counts. */
    public Uni<Optional<RuleRow>> rule(String id) {
        return list(RULE, Tuple.of(id), ProviderStore::rule).map(rows -> rows.stream().findFirst());
    }

    /** Acts before one, newest first; those about one subject, or all. */
    public Uni<List<HistoryRow>> history(long before, @Nullable String subject, int limit) {
        return list(HISTORY, Tuple.tuple().addLong(before).addString(subject).addInteger(limit), row -> new HistoryRow(row.getLong("act"), time(row, "at"),
                row.getString("by"), row.getString("kind"), row.getString("subject"), row.getString("detail")));
    }

    private <T> Uni<List<T>> list(String sql, Tuple parameters, Function<Row, T> read) {
        return tenancy.readInPlane(WHY, in -> in.execute(sql, parameters))
                .map((RowSet<Row> rows) -> StreamSupport.stream(rows.spliterator(), false).map(read).toList())
                .ifNoItem().after(PATIENCE).fail()
                .onFailure(DatabaseFailures::isUnavailable).transform(failure -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "The database of the shared plane does not answer"));
    }

    private static EntryRow entry(Row row, boolean whole) {
        OffsetDateTime sunset = row.getOffsetDateTime("sunset");
        return new EntryRow(row.getString("kind"), row.getString("name"), row.getString("version"), row.getString("provider"), row.getString("standing"),
                sunset == null ? null : sunset.toInstant(), row.getString("reason"), row.getString("namespace"), row.getString("kid"),
                row.getString("sha256"), time(row, "registered_at"), row.getString("registered_by"), whole ? row.getString("document") : null);
    }

    private static RuleRow rule(Row row) {
        return new RuleRow(EventJson.read(row.getString("rule").getBytes(StandardCharsets.UTF_8), ProviderRule.class), row.getString("reason"),
                time(row, "set_at"), row.getString("set_by"));
    }

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
