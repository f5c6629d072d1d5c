package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a statement costs more in a tenant's transaction under row-level security than alone: the statements of the edge on
 * its real tables, by {@code pgbench}, in turns of the serving login, whom the policies bind, and of the database's
 * superuser, whom they do not. The services must be stopped: the inserted rows have no lines behind them.
 */
final class TenancyCost {

    private static final int TURNS = 21;
    private static final int SECONDS = 1;
    private static final int ROWS = 256;

    private static final String LOOKUP = """
            SELECT receipt_id, kind, tenant_id, repo_id, gate_id, status, evaluation_point, severity, timestamp_utc, kid, hash,
             file, file_offset, line_length FROM core.receipts_index WHERE receipt_id = '%s'""";

    /** The settings travel inside the statement: as {@code Select} does it. */
    private static final String LOOKUP_FOR_TENANT = """
            SELECT answer.*
              FROM (SELECT set_config('app.current_tenant_id', '', true) AS tenant,
                           set_config('app.plane_scope', 'plane', true) AS scope OFFSET 0) AS entered
             CROSS JOIN LATERAL (SELECT statement.* FROM (%s) AS statement
                                  WHERE entered.scope IS NOT NULL OFFSET 0) AS answer""";

    private static final String INSERT = """
            WITH incoming AS MATERIALIZED (
             SELECT 'receipt-1700000000000-' || left(md5(random()::text), 16) AS receipt_id, place
               FROM generate_series(1, %d) AS place
            ), indexed AS (
             INSERT INTO core.receipts_index (receipt_id, kind, tenant_id, repo_id, gate_id, status, evaluation_point, timestamp_utc, kid,
                                              hash, file, file_offset, line_length)
             SELECT receipt_id, 'decision', 'local', 'bench-repo', 'gate-1', 'pass', 'pre-commit', now(), 'bench-key', sha256('x'),
                    'ide/receipts/bench-repo/2026/11/receipts.jsonl', place * 700, 700
               FROM incoming
            )
            INSERT INTO core.outbox (receipt_id, tenant_id, repo_id, kid, hash, file, file_offset, line_length)
            SELECT receipt_id, 'local', 'bench-repo', 'bench-key', sha256('x'),
                   'ide/receipts/bench-repo/2026/11/receipts.jsonl', place * 700, 700
              FROM incoming ORDER BY place;
            """.formatted(ROWS);

    private final RealRuntime runtime;

    TenancyCost(RealRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Microseconds of one operation, alone and for a tenant.
     *
     * @param plain without a policy or a setting
     * @param tenant as the services do it
     */
    record Micros(double plain, double tenant) {

        double added() {
            return tenant - plain;
        }
    }

    /** One receipt by its id. */
    Micros lookup(String receiptId) throws IOException, InterruptedException {
        String select = LOOKUP.formatted(receiptId);
        return inTurns(select + ";\n", LOOKUP_FOR_TENANT.formatted(select) + ";\n", 1);
    }

    /** One receipt of a batch of {@value #ROWS} into the index and the outbox. */
    Micros insert() throws IOException, InterruptedException {
        return inTurns("BEGIN;\n" + INSERT + "COMMIT;\n", inTransaction(INSERT), ROWS);
    }

    /** {@code BEGIN}, the settings and the statement go out together, the end alone: as {@code Tenancy} does it. */
    private static String inTransaction(String statement) {
        return "\\startpipeline\nBEGIN;" + """

                SELECT set_config('app.current_tenant_id', '', true), set_config('app.plane_scope', 'plane', true);
                """ + statement + "\\endpipeline\nCOMMIT;\n";
    }

    private Micros inTurns(String plain, String tenant, int rows) throws IOException, InterruptedException {
        List<Double> alone = new ArrayList<>();
        List<Double> bound = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            alone.add(micros(runtime.adminUrl(Plane.IDE), plain) / rows);
            bound.add(micros(runtime.databaseUrl(Plane.IDE), tenant) / rows);
        }
        return new Micros(median(alone), median(bound));
    }

    private static double micros(String url, String script) throws IOException, InterruptedException {
        Path file = Files.createTempFile("zeroui-bench", ".sql");
        try {
            Files.writeString(file, script);
            return 1e6 / Programs.transactionsPerSecond(url, List.of("-n", "-M", "prepared", "-c", "1", "-T",
                    Integer.toString(SECONDS), "-f", file.toString()));
        } finally {
            Files.delete(file);
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
