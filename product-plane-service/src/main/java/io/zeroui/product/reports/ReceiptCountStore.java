package io.zeroui.product.reports;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The tables {@code app.receipt_counts}, {@code app.policy_counts} and {@code app.evidence_applied}. */
@ApplicationScoped
class ReceiptCountStore {

    private static final String ENSURE_TENANT = """
            INSERT INTO app.evidence_applied (tenant_id) VALUES ($1) ON CONFLICT (tenant_id) DO NOTHING
            """;

    private static final String LOCK_TENANT = """
            SELECT tenant_id FROM app.evidence_applied WHERE tenant_id = $1 FOR UPDATE
            """;

    /** A statement of its own after the lock: its snapshot has what the former holder of the lock committed. */
    private static final String APPLY = """
            WITH arrived AS (
                SELECT DISTINCT ON (tenant_id, sequence) tenant_id, sequence, day, kind, gate_id, status, environment,
                    policies, overridden, degraded
                FROM unnest($1::text[], $2::int8[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bool[],
                        $10::bool[])
                    WITH ORDINALITY
                    AS a (tenant_id, sequence, day, kind, gate_id, status, environment, policies, overridden, degraded, position)
                ORDER BY tenant_id, sequence, position
            ), fresh AS (
                SELECT a.* FROM arrived a
                JOIN app.evidence_applied e ON e.tenant_id = a.tenant_id
                WHERE NOT e.applied @> a.sequence
            ), counted AS (
                INSERT INTO app.receipt_counts AS c (tenant_id, day, kind, gate_id, status, environment, count)
                SELECT tenant_id, day, kind, gate_id, status, environment, count(*)
                FROM fresh
                GROUP BY tenant_id, day, kind, gate_id, status, environment
                ON CONFLICT (tenant_id, day, kind, gate_id, status, environment)
                DO UPDATE SET count = c.count + EXCLUDED.count, updated_at = now()
            ), counted_policies AS (
                INSERT INTO app.policy_counts AS c (tenant_id, version_name, minute, receipts, overrides, blocks, degraded)
                SELECT f.tenant_id, v.name, date_trunc('minute', $11::timestamptz, 'UTC'), count(*), count(*) FILTER (WHERE f.overridden),
                    count(*) FILTER (WHERE f.status IN ('soft_block', 'hard_block')), count(*) FILTER (WHERE f.degraded)
                FROM fresh f CROSS JOIN LATERAL string_to_table(f.policies, ' ') AS v (name)
                GROUP BY f.tenant_id, v.name
                ON CONFLICT (tenant_id, version_name, minute)
                DO UPDATE SET receipts = c.receipts + EXCLUDED.receipts, overrides = c.overrides + EXCLUDED.overrides,
                    blocks = c.blocks + EXCLUDED.blocks, degraded = c.degraded + EXCLUDED.degraded, updated_at = now()
            ), marked AS (
                UPDATE app.evidence_applied e
                SET applied = e.applied + f.sequences, updated_at = now()
                FROM (
                    SELECT tenant_id, range_agg(int8range(sequence, sequence, '[]')) AS sequences
                    FROM fresh
                    GROUP BY tenant_id
                ) f
                WHERE e.tenant_id = f.tenant_id
            )
            SELECT count(*) AS fresh FROM fresh
            """;

    private static final String LIST = """
            SELECT day, kind, gate_id, status, sum(count)::int8 AS receipts
            FROM app.receipt_counts
            WHERE tenant_id = $1 AND day BETWEEN $2 AND $3
                AND ($4::text IS NULL OR gate_id = $4)
                AND ($5::text IS NULL OR status = $5)
                AND ($6::text IS NULL OR environment = $6)
                AND ($7::text IS NULL OR kind = $7)
                AND (day, kind, gate_id, status) > ($8::date, $9::text, $10::text, $11::text)
            GROUP BY day, kind, gate_id, status
            ORDER BY day, kind, gate_id, status
            LIMIT $12
            """;

    private static final String LIST_DAYS = """
            SELECT day, kind, '' AS gate_id, status, sum(count)::int8 AS receipts
            FROM app.receipt_counts
            WHERE tenant_id = $1 AND day BETWEEN $2 AND $3
                AND ($4::text IS NULL OR gate_id = $4)
                AND ($5::text IS NULL OR status = $5)
                AND ($6::text IS NULL OR environment = $6)
                AND ($7::text IS NULL OR kind = $7)
            GROUP BY day, kind, status
            ORDER BY day, kind, status
            """;

    private static final String TOTALS = """
            SELECT count(*) AS tenants, coalesce(sum(entries), 0)::int8 AS entries, coalesce(sum(gaps), 0)::int8 AS gaps
            FROM (
                SELECT sum(upper(r) - lower(r)) AS entries, count(*) - 1 + (min(lower(r)) > 1)::int AS gaps
                FROM app.evidence_applied, unnest(applied) AS r
                GROUP BY tenant_id
            ) AS per_tenant
            """;

    private final Tenancy tenancy;

    ReceiptCountStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * Counts the receipts whose ledger sequence is not counted yet, in one transaction per tenant; returns how many those
     * are. After a failure some tenants may be counted; the same receipts again count the rest.
     */
    Uni<Long> apply(Collection<CountedReceipt> receipts) {
        Map<String, List<CountedReceipt>> byTenant = receipts.stream()
                .collect(groupingBy(CountedReceipt::tenantId, TreeMap::new, toList()));
        return Multi.createFrom().iterable(byTenant.entrySet())
                .onItem().transformToUniAndConcatenate(of -> apply(TenantId.of(of.getKey()), of.getValue()))
                .collect().with(Collectors.summingLong(Long::longValue));
    }

    /** All three statements go out at once; they run one after the other, so the last one sees what the lock waited for. */
    private Uni<Long> apply(TenantId tenant, List<CountedReceipt> receipts) {
        Tuple id = Tuple.of(tenant.value());
        return tenancy.inTenant(tenant, in -> Uni.join()
                .all(in.execute(ENSURE_TENANT, id), in.execute(LOCK_TENANT, id), in.execute(APPLY, columns(receipts)))
                .andFailFast()
                .map(answers -> answers.get(2).iterator().next().getLong("fresh")));
    }

    /** Rows in the order of day, kind, gate and status, one more than the query's limit where there are more. */
    Uni<List<ReceiptReport.Row>> list(ReportQuery query) {
        ReportCursor after = query.after();
        Tuple parameters = filter(query)
                .addLocalDate(after.day())
                .addString(after.kind())
                .addString(after.gateId())
                .addString(after.status())
                .addInteger(query.limit() + 1);
        return tenancy.readInTenant(query.tenant(), in -> in.execute(LIST, parameters))
                .map(rows -> list(rows, ReceiptCountStore::row));
    }

    /** Rows per day, kind and status; bounded by the days of the query. */
    Uni<List<ReceiptReport.Row>> listDays(ReportQuery query) {
        return tenancy.readInTenant(query.tenant(), in -> in.execute(LIST_DAYS, filter(query)))
                .map(rows -> list(rows, ReceiptCountStore::row));
    }

    /** Totals over all tenants. */
    Uni<CountTotals> totals() {
        return tenancy.readInPlane("the plane's status counts all ledgers", in -> in.execute(TOTALS))
                .map(rows -> rows.iterator().next())
                .map(row -> new CountTotals(row.getLong("tenants"), row.getLong("entries"), row.getLong("gaps")));
    }

    private static Tuple columns(List<CountedReceipt> receipts) {
        return Tuple.tuple()
                .addArrayOfString(column(receipts, CountedReceipt::tenantId, String[]::new))
                .addArrayOfLong(column(receipts, CountedReceipt::ledgerSequence, Long[]::new))
                .addArrayOfLocalDate(column(receipts, CountedReceipt::day, LocalDate[]::new))
                .addArrayOfString(column(receipts, CountedReceipt::kind, String[]::new))
                .addArrayOfString(column(receipts, CountedReceipt::gateId, String[]::new))
                .addArrayOfString(column(receipts, CountedReceipt::status, String[]::new))
                .addArrayOfString(column(receipts, CountedReceipt::environment, String[]::new))
                .addArrayOfString(column(receipts, receipt -> String.join(" ", receipt.policies()), String[]::new))
                .addArrayOfBoolean(column(receipts, CountedReceipt::overridden, Boolean[]::new))
                .addArrayOfBoolean(column(receipts, CountedReceipt::degraded, Boolean[]::new))
                .addOffsetDateTime(OffsetDateTime.now(ZoneOffset.UTC));
    }

    private static <T> T[] column(List<CountedReceipt> receipts, Function<CountedReceipt, T> member,
            IntFunction<T[]> array) {
        return receipts.stream().map(member).toArray(array);
    }

    private static Tuple filter(ReportQuery query) {
        return Tuple.tuple()
                .addString(query.tenant().value())
                .addLocalDate(query.from())
                .addLocalDate(query.to())
                .addString(query.gateId())
                .addString(query.status())
                .addString(query.environment())
                .addString(query.kind());
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static ReceiptReport.Row row(Row row) {
        return new ReceiptReport.Row(row.getLocalDate("day"), row.getString("kind"), row.getString("gate_id"),
                row.getString("status"), row.getLong("receipts"));
    }
}
