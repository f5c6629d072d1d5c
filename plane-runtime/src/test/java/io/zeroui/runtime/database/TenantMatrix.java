package io.zeroui.runtime.database;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Tries every command on a tenant table, as the serving login, and tells which rows of somebody else it reached. */
final class TenantMatrix {

    static final String OWN = "one";
    static final String OTHER = "two";

    /** What the transaction says for which tenant it is; null says nothing. */
    static final List<String> CONTEXTS = Arrays.asList(null, OWN, "", "one' OR '1'='1", "two'; SET app.x = '",
            "') OR true --", "*", "one,two", "ONE");

    /** One row of each table, for the tenant at {@code $t}; a new tenant table needs a line here. */
    static final Map<String, String> ROWS = Map.ofEntries(
            Map.entry("core.receipts_index", """
                    (receipt_id, kind, tenant_id, repo_id, evaluation_point, timestamp_utc, kid, hash, file, file_offset,
                     line_length)
                    VALUES ($t || $n, 'decision', $t, 'repo', 'unknown', now(), 'kid', decode(repeat('00', 32), 'hex'),
                            'f', 0, 1)"""),
            Map.entry("core.outbox", """
                    (receipt_id, tenant_id, repo_id, kid, hash, file, file_offset, line_length)
                    VALUES ('r', $t, 'repo', 'kid', decode(repeat('00', 32), 'hex'), 'f', 0, 1)"""),
            Map.entry("app.receipts_index", """
                    (tenant_id, receipt_id, ledger_sequence, kind, repo_id, evaluation_point, plane, environment,
                     emitter_service, degraded, timestamp_utc, received_at, kid, hash, chain_id, chain_position, prev_hash,
                     chain_hash, file, file_offset, line_length, signature_status)
                    VALUES ($t, 'r' || $n, $n, 'decision', 'repo', 'unknown', 'ide', 'default', 'e', false, now(), now(),
                            'kid', decode(repeat('00', 32), 'hex'), 'c', $n, decode(repeat('00', 32), 'hex'),
                            decode(repeat('00', 32), 'hex'), 'f', 0, 1, 'verified')"""),
            Map.entry("app.chain_heads", """
                    (tenant_id, chain_id, position, hash, chain_hash)
                    VALUES ($t, 'c' || $n, 1, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))"""),
            Map.entry("app.courier_batches", """
                    (tenant_id, batch_id, number, emitter_service, batch_timestamp, merkle_root, content_hash, receipts,
                     sequences, first_sequence, last_sequence, file, file_offset, line_length, recorded_at)
                    VALUES ($t, 'b' || $n, $n, 'e', now(), decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'),
                            1, '{[1,2)}', 1, 1, 'f', 0, 1, now())"""),
            Map.entry("app.ledger_watermarks", """
                    (tenant_id, journal_file, journal_offset, ledger_sequence)
                    VALUES ($t || CASE WHEN $n > 1 THEN $n::text ELSE '' END, 'f', 0, 0)"""),
            Map.entry("app.receipt_words", """
                    (tenant_id, word, timestamp_utc, ledger_sequence) VALUES ($t, 'word' || $n, now(), $n)"""),
            Map.entry("app.ledger_acts", """
                    (tenant_id, ledger_sequence, act, subject, done_at, done_by, reason, case_id, statement)
                    VALUES ($t, $n, 'erasure', 'r', now(), 'key:a', 'test', '', '{}')"""),
            Map.entry("app.erased_receipts", """
                    (tenant_id, receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash)
                    VALUES ($t, 'gone' || $n, $n, now(), 'c', $n, decode(repeat('00', 32), 'hex'))"""),
            Map.entry("app.dropped_links", """
                    (tenant_id, chain_id, chain_position, chain_hash, dropped_to)
                    VALUES ($t, 'c' || $n, $n, decode(repeat('00', 32), 'hex'), $n)"""),
            Map.entry("app.outbox", "(channel, tenant_id, payload) VALUES ('tenant-evidence', $t, '{}')"),
            Map.entry("app.key_evaluations", """
                    (tenant_id, kid, digest, evaluated_to, target)
                    VALUES ($t, 'kid-' || $n, decode(repeat('00', 32), 'hex'), 0, 1)"""),
            Map.entry("app.evidence_applied", "(tenant_id) VALUES ($t || CASE WHEN $n > 1 THEN $n::text ELSE '' END)"),
            Map.entry("app.receipt_counts", """
                    (tenant_id, day, kind, gate_id, status, environment, count)
                    VALUES ($t, '2026-11-22', 'decision', 'g' || $n, 'pass', 'default', 1)"""),
            Map.entry("app.policy_counts", """
                    (tenant_id, version_name, minute, receipts, overrides, blocks, degraded)
                    VALUES ($t, 'gate-' || $n, '2026-11-22T12:00:00Z', 1, 0, 0, 0)"""),
            Map.entry("app.policy_versions", """
                    (tenant_id, policy_id, version, state, type, scope, enforcement, snapshot_hash, snapshot_path, author,
                     drafted_at, last_act)
                    VALUES ($t, 'p' || $n, '1', 'draft', 'gate', 'org', 'warn', 'sha256:' || repeat('0', 64), 'f', 'key:a',
                            now(), $n)"""),
            Map.entry("app.policy_history", """
                    (tenant_id, number, policy_id, version, act, done_by, done_at, reason, statement)
                    VALUES ($t, $n, 'p', '1', 'submitted', 'key:a', now(), '', '{}')"""),
            Map.entry("app.policy_watermarks", """
                    (tenant_id, number) VALUES ($t || CASE WHEN $n > 1 THEN $n::text ELSE '' END, 0)"""),
            Map.entry("app.vector_reembeddings", """
                    (tenant_id, job_id, alias, source, target, provider, state, points)
                    VALUES ($t, ('00000000-0000-7000-8000-' || lpad($n::text, 12, '0'))::uuid, 'a' || $n, 's', 't', 'p', 'running', 0)"""),
            Map.entry("app.context_exports", """
                    (tenant_id, export_id, version) VALUES ($t, ('00000000-0000-7000-8000-' || lpad($n::text, 12, '0'))::uuid, 1)"""),
            Map.entry("app.vector_embeddings", """
                    (tenant_id, embedding_id, source_type, source_id, embedding)
                    VALUES ($t, 'e' || $n, 's', 's', array_fill(0.5, ARRAY[1536])::vector)"""),
            Map.entry("app.vector_collections", """
                    (tenant_id, name, dimension, metric, index_kind, m, ef_construction, lists)
                    VALUES ($t, 'c' || $n, 2, 'cosine', 'hnsw', 16, 64, 100)"""),
            Map.entry("app.vector_aliases", "(tenant_id, alias, collection_id) VALUES ($t, 'a' || $n, 1)"),
            Map.entry("app.vector_payload_indexes", """
                    (tenant_id, collection_id, path, type) VALUES ($t, 1, 'p' || $n, 'keyword')"""),
            Map.entry("app.vector_payload_values", """
                    (tenant_id, collection_id, index_id, word, point_id)
                    VALUES ($t, 1, 1, 'w' || $n, 'n00000000000000000001')"""),
            Map.entry("app.vector_remains", "(tenant_id, collection_id, placement, is_deleted) VALUES ($t, $n, 0, true)"),
            Map.entry("app.vector_seeds_deleted", "(tenant_id, name) VALUES ($t, 'c' || $n)"),
            Map.entry("app.vector_index_remains", "(tenant_id, index_id) VALUES ($t, $n)"),
            Map.entry("app.vector_points", """
                    (tenant_id, collection_id, placement, point_id, embedding)
                    VALUES ($t, CASE WHEN $t = 'one' THEN 1 ELSE 2 END, 0, 'n' || lpad($n::text, 20, '0'), '[1,2]'::vector)"""),
            Map.entry("app.vector_points_0", """
                    (tenant_id, collection_id, placement, point_id, embedding)
                    VALUES ($t, CASE WHEN $t = 'one' THEN 3 ELSE 4 END, 0, 'n' || lpad($n::text, 20, '0'), '[1,2]'::vector)"""),
            Map.entry("registry.tenants", """
                    (tenant_id, name, state, region, version, created_by, updated_by)
                    VALUES ($t || CASE WHEN $n > 1 THEN $n::text ELSE '' END, 'n', 'active', 'local',
                            1000 + 2 * $n + CASE WHEN $t = 'two' THEN 1 ELSE 0 END, 'test', 'test')"""),
            Map.entry("registry.edges", """
                    (edge_id, tenant_id, name, state, version, created_by, updated_by)
                    VALUES ('edge-' || $t || $n, $t, 'n', 'active',
                            1000 + 2 * $n + CASE WHEN $t = 'two' THEN 1 ELSE 0 END, 'test', 'test')"""),
            Map.entry("registry.keys", """
                    (tenant_id, kid, version, created_by, updated_by)
                    VALUES ($t, 'kid-' || $n, 1000 + 2 * $n + CASE WHEN $t = 'two' THEN 1 ELSE 0 END, 'test', 'test')"""),
            Map.entry("registry.key_changes", """
                    (tenant_id, kid, version, action, changed_by) VALUES ($t, 'kid', $n, 'add', 'test')"""),
            Map.entry("witness.logs", """
                    (tenant_id, origin, log_key, size, root_hash)
                    VALUES ($t, 'origin' || $n, 'key', 1, decode(repeat('00', 32), 'hex'))"""),
            Map.entry("app.tenant_homes", """
                    (tenant_id, tier, place)
                    VALUES ($t || CASE WHEN $n > 1 THEN $n::text ELSE '' END, 'schema', 'p')"""),
            Map.entry("app.registry_tenants", """
                    (tenant_id, state, region, version)
                    VALUES ($t || CASE WHEN $n > 1 THEN $n::text ELSE '' END, 'active', 'local', 1)"""),
            Map.entry("app.registry_edges", "(edge_id, tenant_id, state, version) VALUES ('edge-' || $t || $n, $t, 'active', 1)"),
            Map.entry("access.api_keys", """
                    (key_id, secret_hash, name, tenant_id, permissions, created_by)
                    VALUES ('keykeykeykey' || $t || $n, decode(repeat('00', 32), 'hex'), 'key', $t, '{evidence:read}', 'test')"""),
            Map.entry("access.evidence_reads", """
                    (tenant_id, accessed_at, subject, action, target, requests, results, first_request_id)
                    VALUES ($t, now(), 'key:a', 'search', '', 1, 1, 'r' || $n)"""),
            Map.entry("access.audit", """
                    (accessed_at, subject, tenant_id, permission, requests, first_request_id)
                    VALUES (now(), 'key:a', $t, 'evidence:read:all', 1, 'r' || $n)"""));

    private final Connection serving;
    private final String table;
    private final List<String> crossings = new ArrayList<>();

    private TenantMatrix(Connection serving, String table) {
        this.serving = serving;
        this.table = table;
    }

    /** Whether there is a row to try the table with. */
    static boolean isKnown(String table) {
        return row(table) != null;
    }

    /** A table of a tenant's own schema has the rows of its model. */
    private static String row(String table) {
        return ROWS.get(table.startsWith("tenant_") ? "app" + table.substring(table.indexOf('.')) : table);
    }

    /** An INSERT of row {@code number} for a tenant. */
    static String insert(String table, String tenant, int number) {
        return "INSERT INTO " + table + " " + row(table).replace("$t", "'" + tenant + "'")
                .replace("$n", Integer.toString(number));
    }

    /** The same for the numbers from 1 to {@code count} in one statement. */
    static String insertMany(String table, String tenant, int count) {
        String row = row(table);
        int values = row.indexOf("VALUES (");
        String columns = row.substring(0, values);
        String expressions = row.substring(values + "VALUES (".length(), row.lastIndexOf(')'));
        return "INSERT INTO " + table + " " + columns + "SELECT "
                + expressions.replace("$t", "'" + tenant + "'").replace("$n", "n")
                + " FROM generate_series(1, " + count + ") AS n";
    }

    /** The cells in which something crossed; nothing stays changed. */
    static List<String> crossings(Connection serving, String table) throws SQLException, IOException {
        TenantMatrix matrix = new TenantMatrix(serving, table);
        serving.setAutoCommit(false);
        for (String context : CONTEXTS) {
            matrix.tryAll(context);
        }
        return matrix.crossings;
    }

    private void tryAll(String context) throws SQLException, IOException {
        if (context != null) {
            try (PreparedStatement set = serving.prepareStatement("SELECT set_config('app.current_tenant_id', ?, true)")) {
                set.setString(1, context);
                set.execute();
            }
        }
        List<String> mayKnow = OWN.equals(context) ? List.of(OWN) : List.of();
        int own = mayKnow.isEmpty() ? 0 : ownRows();
        note(context, "SELECT", MigratedPlane.list(serving, "SELECT DISTINCT tenant_id FROM " + table).equals(mayKnow));
        StringWriter copied = new StringWriter();
        var rows = serving.unwrap(PGConnection.class).getCopyAPI()
                .copyOut("COPY " + table + " (tenant_id) TO STDOUT", copied);
        note(context, "COPY TO", rows == (isPartitioned() ? 0 : own) && !copied.toString().contains(OTHER));
        note(context, "COPY FROM", refused(() -> serving.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("COPY " + table + " (tenant_id) FROM STDIN", new StringReader("two\n"))));
        note(context, "INSERT", refused(() -> changed(insert(table, OTHER, 7))));
        note(context, "TRUNCATE", refused(() -> changed("TRUNCATE " + table)));
        note(context, "DELETE", reachedAtMost(own, "DELETE FROM " + table));
        for (String column : updatable()) {
            note(context, "UPDATE " + column,
                    reachedAtMost(own, "UPDATE " + table + " SET " + column + " = " + column));
        }
        note(context, "UPDATE tenant_id", refusedOrNone("UPDATE " + table + " SET tenant_id = 'two'"));
        note(context, "UPDATE of the other", refusedOrNone(
                "UPDATE " + table + " SET tenant_id = tenant_id WHERE tenant_id = 'two'"));
        serving.rollback();
    }

    /** A partition has the rows that were written to it and those that were written to the whole. */
    private int ownRows() throws SQLException {
        return Integer.parseInt(MigratedPlane.list(serving, "SELECT count(*) FROM " + table + " WHERE tenant_id = '" + OWN + "'").get(0));
    }

    /** Under row-level security COPY looks at the table only, where a partitioned one has no rows. */
    private boolean isPartitioned() throws SQLException {
        return MigratedPlane.list(serving, "SELECT relkind FROM pg_class WHERE oid = '" + table + "'::regclass").equals(List.of("p"));
    }

    private List<String> updatable() throws SQLException {
        return MigratedPlane.list(serving, """
                SELECT attname FROM pg_attribute
                WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''
                  AND has_column_privilege(attrelid, attnum, 'UPDATE')
                """.formatted(table));
    }

    private void note(String context, String command, boolean kept) {
        if (!kept) {
            crossings.add(table + " " + command + " as " + (context == null ? "nobody" : "'" + context + "'"));
        }
    }

    private interface Attempt {
        long run() throws SQLException, IOException;
    }

    private boolean refused(Attempt attempt) throws SQLException, IOException {
        return reached(attempt) < 0;
    }

    private boolean refusedOrNone(String sql) throws SQLException, IOException {
        return reached(() -> changed(sql)) <= 0;
    }

    private boolean reachedAtMost(int rows, String sql) throws SQLException, IOException {
        return reached(() -> changed(sql)) <= rows;
    }

    /** Rows that were changed, and changed back; -1 when the database refused. */
    private long reached(Attempt attempt) throws SQLException, IOException {
        Savepoint before = serving.setSavepoint();
        try {
            return attempt.run();
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("23")) {
                return Long.MAX_VALUE; // only a constraint stood in the way
            }
            if (!state.equals("42501") && !state.equals("0A000")) {
                throw new IllegalStateException("refused for another reason than security", e);
            }
            return -1;
        } finally {
            serving.rollback(before);
        }
    }

    private long changed(String sql) throws SQLException {
        try (Statement statement = serving.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
