package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row-level security leaves the indexes in use: the planner takes them where a sequential scan costs too much. */
class PlansIT {

    private static final int ROWS = 3000;

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
            "IDE ~ receipts_index_pkey ~ SELECT hash FROM core.receipts_index WHERE receipt_id = ANY (ARRAY['a', 'b'])",
            "IDE ~ receipts_index_newest ~ SELECT hash FROM core.receipts_index WHERE timestamp_utc >= now() ORDER BY timestamp_utc DESC, receipt_id LIMIT 9",
            "IDE ~ outbox_pkey ~ SELECT hash FROM core.outbox WHERE sequence > 7 AND parked_reason IS NULL ORDER BY sequence LIMIT 9",
            "TENANT ~ receipts_index_pkey|receipts_index_receipt_id ~ SELECT hash FROM app.receipts_index WHERE tenant_id = 'one' AND receipt_id = ANY (ARRAY['a', 'b'])",
            "TENANT ~ receipts_index_receipt_id|receipts_index_pkey ~ SELECT hash FROM app.receipts_index WHERE receipt_id = 'a' LIMIT 2",
            "TENANT ~ receipts_index_chain ~ SELECT hash FROM app.receipts_index WHERE tenant_id = 'one' AND chain_id = 'c' AND chain_position = 3",
            "TENANT ~ ledger_watermarks_pkey ~ SELECT 1 FROM app.ledger_watermarks WHERE tenant_id = 'one' FOR UPDATE",
            "TENANT ~ outbox_pkey ~ SELECT 1 FROM app.outbox WHERE sequence > 7 ORDER BY sequence LIMIT 9",
            "PRODUCT ~ receipt_counts_pkey ~ SELECT count FROM app.receipt_counts WHERE tenant_id = 'one' AND day BETWEEN '2026-01-01' AND '2026-02-01'"})
    void theIndexIsUsedAsTheServingLogin(Plane any, String index, String sql) throws SQLException {
        try (Connection serving = Plans.of(any).serving()) {
            serving.createStatement().execute("SET enable_seqscan = off; SET enable_bitmapscan = off;"
                    + " SET app.current_tenant_id = 'one'");
            List<String> plan = MigratedPlane.list(serving, "EXPLAIN " + sql);
            assertThat(String.join("\n", plan)).containsPattern("using (" + index + ") on").contains("Index Cond");
        }
    }

    /** Each plane is migrated and filled once: with a few rows every index costs the same. */
    private static final class Plans {
        private static final Map<Plane, MigratedPlane> FILLED = new EnumMap<>(Plane.class);

        static MigratedPlane of(Plane plane) throws SQLException {
            MigratedPlane filled = FILLED.get(plane);
            if (filled == null) {
                filled = MigratedPlane.of(plane);
                for (String table : List.of("core.receipts_index", "core.outbox", "app.receipts_index", "app.receipt_counts")) {
                    if (!filled.tenantTables().contains(table)) {
                        continue;
                    }
                    filled.execute(TenantMatrix.insertMany(table, TenantMatrix.OWN, ROWS), "ANALYZE " + table);
                }
                FILLED.put(plane, filled);
            }
            return filled;
        }
    }
}
