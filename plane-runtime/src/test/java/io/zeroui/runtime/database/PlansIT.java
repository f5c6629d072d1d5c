package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row-level security leaves the indexes in use, also where the planner is free to read whole tables. */
class PlansIT {

    /** So many that following a key is the better plan by far. */
    private static final int ROWS = 20_000;
    /** A vector takes eight kilobytes. */
    private static final int VECTORS = 300;

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
            "IDE ~ app.current_tenant_id = one ~ receipts_index_pkey ~ SELECT hash FROM core.receipts_index WHERE receipt_id = ANY (ARRAY['a', 'b'])",
            "IDE ~ app.current_tenant_id = one ~ receipts_index_newest ~ SELECT hash FROM core.receipts_index WHERE timestamp_utc >= now() ORDER BY timestamp_utc DESC, receipt_id LIMIT 9",
            "IDE ~ app.plane_scope = plane ~ outbox_pkey ~ SELECT hash FROM core.outbox WHERE sequence > 7 AND parked_reason IS NULL ORDER BY sequence LIMIT 500",
            "IDE ~ app.plane_scope = plane ~ outbox_pkey ~ DELETE FROM core.outbox USING UNNEST (ARRAY[7::bigint], ARRAY[400::bigint]) AS done (first, last) WHERE sequence BETWEEN done.first AND done.last",
            "TENANT ~ app.current_tenant_id = one ~ receipts_index_pkey|receipts_index_receipt_id ~ SELECT hash FROM app.receipts_index WHERE tenant_id = 'one' AND receipt_id = ANY (ARRAY['a', 'b'])",
            "TENANT ~ app.current_tenant_id = one ~ receipts_index_receipt_id|receipts_index_pkey ~ SELECT hash FROM app.receipts_index WHERE receipt_id = 'a' LIMIT 2",
            "TENANT ~ app.current_tenant_id = one ~ receipts_index_chain ~ SELECT hash FROM app.receipts_index WHERE tenant_id = 'one' AND chain_id = 'c' AND chain_position = 3",
            "TENANT ~ app.current_tenant_id = one ~ ledger_watermarks_pkey ~ SELECT 1 FROM app.ledger_watermarks WHERE tenant_id = 'one' FOR UPDATE",
            "TENANT ~ app.current_tenant_id = one ~ courier_batches_pkey ~ SELECT number FROM app.courier_batches WHERE tenant_id = 'one' AND batch_id = 'b7'",
            "TENANT ~ app.current_tenant_id = one ~ courier_batches_emitter ~ SELECT last_sequence FROM app.courier_batches WHERE tenant_id = 'one' AND emitter_service = 'e' AND first_sequence < 1 ORDER BY first_sequence DESC LIMIT 1",
            "TENANT ~ app.current_tenant_id = one ~ evidence_reads_tenant|evidence_reads_pkey ~ SELECT action FROM access.evidence_reads WHERE tenant_id = 'one' AND id < 99 ORDER BY id DESC LIMIT 9",
            "TENANT ~ app.plane_scope = plane ~ outbox_pkey ~ SELECT 1 FROM app.outbox WHERE channel = 'tenant-evidence' AND sequence > 7 ORDER BY sequence LIMIT 500",
            "TENANT ~ app.plane_scope = plane ~ outbox_pkey ~ DELETE FROM app.outbox USING UNNEST (ARRAY[7::bigint], ARRAY[400::bigint]) AS done (first, last) WHERE channel = 'tenant-evidence' AND sequence BETWEEN done.first AND done.last",
            "PRODUCT ~ app.current_tenant_id = one ~ receipt_counts_pkey ~ SELECT count FROM app.receipt_counts WHERE tenant_id = 'one' AND day BETWEEN '2026-01-01' AND '2026-02-01'"})
    void theIndexIsUsedAsTheServingLogin(Plane any, String scope, String index, String sql) throws SQLException {
        try (Connection serving = Plans.of(any).serving()) {
            serving.createStatement().execute("SET " + scope);
            List<String> plan = MigratedPlane.list(serving, "EXPLAIN " + sql);
            assertThat(String.join("\n", plan)).containsPattern("(using|Index Scan on) (" + index + ")").contains("Index Cond")
                    .doesNotContain("Seq Scan", "Sort");
        }
    }

    /** A queue that the planner takes for nearly empty is read whole and sorted. */
    @ParameterizedTest
    @CsvSource({"IDE,core.outbox", "TENANT,app.outbox"})
    void thePlannerExpectsThatThePlaneSeesItsQueue(Plane any, String table) throws SQLException {
        try (Connection serving = Plans.of(any).serving()) {
            serving.createStatement().execute("SET app.plane_scope = plane");
            String plan = MigratedPlane.list(serving, "EXPLAIN SELECT * FROM " + table).get(0);
            Matcher rows = Pattern.compile("rows=(\\d+)").matcher(plan);
            assertThat(rows.find()).as(plan).isTrue();
            assertThat(Integer.parseInt(rows.group(1))).as(plan).isGreaterThan(ROWS / 4);
        }
    }

    /** Each plane is migrated once; its tables have rows, for with empty ones every plan costs the same. */
    private static final class Plans {
        private static final java.util.Map<Plane, MigratedPlane> MIGRATED = new java.util.EnumMap<>(Plane.class);

        static MigratedPlane of(Plane plane) {
            return MIGRATED.computeIfAbsent(plane, Plans::migrated);
        }

        private static MigratedPlane migrated(Plane plane) {
            MigratedPlane migrated = MigratedPlane.of(plane);
            try {
                for (String table : migrated.tenantTables()) {
                    migrated.execute(TenantMatrix.insertMany(table, TenantMatrix.OWN,
                            table.endsWith("vector_embeddings") ? VECTORS : ROWS), "ANALYZE " + table);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return migrated;
        }
    }
}
