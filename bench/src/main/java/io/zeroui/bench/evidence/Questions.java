package io.zeroui.bench.evidence;

import io.zeroui.bench.evidence.Latencies.Call;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What auditors ask, of the service and in SQL of raw PostgreSQL: same rows, same answers, no tenancy, no JSON, one prepared
 * statement on one connection.
 */
final class Questions {

    private static final int LOOKUPS = 2_000;
    private static final int SEARCHES = 100;
    private static final int AGGREGATES = 20;
    private static final int MONTH = 30;
    private static final String PAGE = " ORDER BY timestamp_utc DESC, ledger_sequence DESC LIMIT 100";
    private static final String ROWS = "SELECT * FROM app.receipts_index WHERE tenant_id = '" + EvidenceBench.TENANT + "'";

    private static final List<Map.Entry<String, String>> FILTERS = List.of(
            Map.entry("repo_id", "repo-7"), Map.entry("gate_id", "gate-3"), Map.entry("status", "pass"),
            Map.entry("status", "hard_block"), Map.entry("severity", "critical"), Map.entry("module_id", "module-5"),
            Map.entry("environment", "production"), Map.entry("emitter_service", "ci-runner"),
            Map.entry("evaluation_point", "post-deploy"), Map.entry("actor_type", "human"),
            Map.entry("policy_version_id", "policy-4-1.0.1"), Map.entry("kind", "decision"),
            Map.entry("signature_status", "verified"));

    private final EvidenceClient client;
    private final Connection database;
    private final List<String> ids;

    Questions(EvidenceClient client, Connection database, List<String> ids) {
        this.client = client;
        this.database = database;
        this.ids = ids;
    }

    /** Asks everything: what was asked, what the service took and what PostgreSQL alone took. */
    void ask(BiConsumer<String, Asked> answers) throws Exception {
        answers.accept("lookup by id", new Asked(
                Latencies.of(LOOKUPS, i -> () -> require(client.get("/v1/evidence/receipts/" + id(i)))),
                raw(LOOKUPS, ROWS + " AND receipt_id = ?", i -> id(i))));
        for (Map.Entry<String, String> filter : FILTERS) {
            String member = filter.getKey();
            String value = filter.getValue();
            String body = "{\"limit\":100,\"%s\":\"%s\"}".formatted(member, value);
            String sql = member.equals("policy_version_id") ? " AND ? = ANY (policy_version_ids)" : " AND " + member + " = ?";
            answers.accept("100 rows by " + member + " " + value, new Asked(
                    Latencies.of(SEARCHES, i -> () -> require(client.post("/v1/evidence/search", body))),
                    raw(SEARCHES, ROWS + sql + PAGE, i -> value)));
        }
        OffsetDateTime month = Instant.now().minus(Duration.ofDays(MONTH)).atOffset(ZoneOffset.UTC);
        answers.accept("100 rows of the last thirty days, two filters", new Asked(
                Latencies.of(SEARCHES, i -> () -> require(client.post("/v1/evidence/search",
                        "{\"limit\":100,\"from\":\"%s\",\"repo_id\":\"repo-7\",\"status\":\"warn\"}".formatted(month)))),
                raw(SEARCHES, ROWS + " AND timestamp_utc >= ? AND repo_id = 'repo-7' AND status = 'warn'" + PAGE, i -> month)));
        answers.accept("counts by day and status over thirty days", new Asked(
                Latencies.of(AGGREGATES, i -> () -> require(client.post("/v1/evidence/aggregate",
                        "{\"group_by\":[\"day\",\"status\"],\"from\":\"%s\"}".formatted(month)))),
                raw(AGGREGATES, "SELECT date_trunc('day', timestamp_utc), status, count(*) FROM app.receipts_index WHERE tenant_id = '"
                        + EvidenceBench.TENANT + "' AND timestamp_utc >= ? GROUP BY 1, 2", i -> month)));
        askByText(answers, month);
        answers.accept("proof of one receipt", new Asked(
                Latencies.of(LOOKUPS, i -> () -> require(client.get("/v1/evidence/receipts/" + id(i) + "/proof"))), null));
        answers.accept("verification of one receipt", new Asked(
                Latencies.of(LOOKUPS, i -> () -> require(client.get("/v1/evidence/receipts/" + id(i) + "/verify"))), null));
    }

    /** Words of {@link ReceiptMix}: each of the 28 is in a fifth of the receipts, quarantine in one of a thousand. */
    private void askByText(BiConsumer<String, Asked> answers, OffsetDateTime month) throws Exception {
        String found = "SELECT r.* FROM app.receipt_words AS w JOIN app.receipts_index AS r ON r.tenant_id = w.tenant_id"
                + " AND r.ledger_sequence = w.ledger_sequence WHERE w.tenant_id = '" + EvidenceBench.TENANT + "' AND w.word = ?";
        String both = found + " AND EXISTS (SELECT FROM app.receipt_words AS o WHERE o.tenant_id = w.tenant_id AND o.word = 'budget'"
                + " AND o.timestamp_utc = w.timestamp_utc AND o.ledger_sequence = w.ledger_sequence)";
        String page = " ORDER BY w.timestamp_utc DESC, w.ledger_sequence DESC LIMIT 100";
        for (Map.Entry<String, String> text : List.of(Map.entry("secret", found), Map.entry("quarantine", found),
                Map.entry("secret budget", both))) {
            String body = "{\"limit\":100,\"text\":\"%s\"}".formatted(text.getKey());
            String word = text.getKey().equals("quarantine") ? "quarantin" : "secret";
            answers.accept("100 rows by text " + text.getKey(), new Asked(
                    Latencies.of(SEARCHES, i -> () -> require(client.post("/v1/evidence/search", body))),
                    raw(SEARCHES, text.getValue() + page, i -> word)));
        }
        answers.accept("100 rows by text secret -budget", new Asked(Latencies.of(SEARCHES,
                i -> () -> require(client.post("/v1/evidence/search", "{\"limit\":100,\"text\":\"secret -budget\"}"))), null));
        answers.accept("counts by status over thirty days, text secret", new Asked(
                Latencies.of(AGGREGATES, i -> () -> require(client.post("/v1/evidence/aggregate",
                        "{\"group_by\":[\"status\"],\"text\":\"secret\",\"from\":\"%s\"}".formatted(month)))), null));
    }

    private String id(int i) {
        return ids.get((int) ((i * 7_919L) % ids.size()));
    }

    private Latencies raw(int count, String sql, IntFunction<Object> parameter) throws Exception {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            return Latencies.of(count, i -> (Call) () -> {
                statement.setObject(1, parameter.apply(i));
                if (read(statement) == 0) {
                    throw new IllegalStateException("nothing found by " + sql);
                }
            });
        }
    }

    private static int read(PreparedStatement statement) throws SQLException {
        int rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows += result.getObject(1) == null ? 0 : 1;
            }
        }
        return rows;
    }

    private static void require(String answer) throws IOException {
        if (answer.length() < 50) {
            throw new IOException("an empty answer: " + answer);
        }
    }

    /**
     * What a question took.
     *
     * @param service over HTTP, with credential, tenancy, access record and JSON
     * @param raw in PostgreSQL alone; null where it has no such answer
     */
    record Asked(Latencies service, @Nullable Latencies raw) {
    }
}
