package io.zeroui.tenant.evidence.index;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.receipts.DecisionStatus;
import io.zeroui.contracts.receipts.EvaluationPoint;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptKind;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.tenant.evidence.WithoutLimits;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What the words cost when receipts are indexed, and how long searches by text take; no test of anything, and not run with the
 * others. {@code ./mvnw verify -pl tenant-plane-service -am -Dit.test=TextSearchMeasure} prints the figures of ADR 0030.
 */
@QuarkusTest
@TestProfile(WithoutLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class TextSearchMeasure {

    private static final int RECEIPTS = Integer.getInteger("measure.receipts", 200_000);
    private static final int BATCH = 1_000;
    private static final int REQUESTS = 60;
    private static final int VOCABULARY = 5_000;
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    IndexStore store;
    @Inject
    DatabaseSchema schema;

    private final Random random = new Random(7);

    @Test
    void measure() throws SQLException {
        assertThat(schema.whenReady().await().atMost(WAIT)).isNotEmpty();
        TenantId without = TenantId.of("measure-without");
        TenantId with = TenantId.of("measure-with");
        long[] nanos = new long[2];
        for (long first = 1; first < RECEIPTS; first += BATCH) {
            nanos[0] += index(without, first, false);
            nanos[1] += index(with, first, true);
        }
        System.out.printf("indexer: %,.0f rows/s without words, %,.0f with, ratio %.2f%n", RECEIPTS * 1e9 / nanos[0],
                RECEIPTS * 1e9 / nanos[1], (double) nanos[0] / nanos[1]);
        try (Connection admin = RealRuntime.connect(RealRuntime.with(RuntimePart.TENANT).adminUrl(Plane.TENANT));
                var sql = admin.createStatement()) {
            sql.execute("VACUUM ANALYZE app.receipts_index");
            sql.execute("VACUUM ANALYZE app.receipt_words");
            try (var rows = sql.executeQuery("""
                    SELECT count(*), pg_table_size('app.receipt_words') / 1000000, pg_indexes_size('app.receipt_words') / 1000000,
                           pg_total_relation_size('app.receipts_index') / 2000000 FROM app.receipt_words""")) {
                rows.next();
                System.out.printf("%,d words, %d MB and %d MB of indexes, beside %d MB of receipts%n", rows.getLong(1), rows.getLong(2),
                        rows.getLong(3), rows.getLong(4));
            }
        }
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put("no text", "\"limit\":100");
        questions.put("no text, repository", "\"limit\":100,\"repo_id\":\"repo-3\"");
        for (String text : List.of("everywhere", "seldom", "word9", "everywhere even", "word9 even", "everywhere -even", "even odd",
                "nowhere everywhere")) {
            questions.put(text, "\"limit\":100,\"text\":\"" + text + '"');
        }
        questions.put("everywhere, repository", "\"limit\":100,\"text\":\"everywhere\",\"repo_id\":\"repo-3\"");
        questions.put("everywhere, rare repository", "\"limit\":100,\"text\":\"everywhere\",\"repo_id\":\"none\"");
        questions.put("everywhere, rare module", "\"limit\":100,\"text\":\"everywhere\",\"module_id\":\"none\"");
        ask("search", with, questions);
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("no text", "\"group_by\":[\"day\"]");
        counts.put("everywhere", "\"group_by\":[\"day\"],\"text\":\"everywhere\"");
        counts.put("word9", "\"group_by\":[\"day\"],\"text\":\"word9\"");
        ask("aggregate", with, counts);
    }

    private static void ask(String path, TenantId tenant, Map<String, String> questions) {
        double[] base = new double[1];
        questions.forEach((name, body) -> {
            int requests = path.equals("search") ? REQUESTS : REQUESTS / 10;
            long[] times = IntStream.range(0, requests).mapToLong(i -> {
                long begin = System.nanoTime();
                given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body("{" + body + "}")
                        .post("/v1/evidence/" + path).then().statusCode(200);
                return System.nanoTime() - begin;
            }).sorted().toArray();
            double median = times[requests / 2] / 1e6;
            base[0] = base[0] == 0 ? median : base[0];
            System.out.printf("%s: %-28s median %7.1f ms, p95 %7.1f ms, %.2f of the first%n", path, name, median,
                    times[requests * 95 / 100] / 1e6, median / base[0]);
        });
    }

    private long index(TenantId tenant, long first, boolean words) {
        List<LedgerLine> lines = LongStream.range(first, first + BATCH).mapToObj(n -> line(n, words)).toList();
        long begin = System.nanoTime();
        Watermark mark = store.index(tenant, first - 1, lines, some -> Uni.createFrom().item(some)).await().atMost(WAIT);
        long nanos = System.nanoTime() - begin;
        assertThat(mark.sequence()).isEqualTo(first + BATCH - 1);
        return nanos;
    }

    private LedgerLine line(long sequence, boolean words) {
        ReceiptId id = ReceiptId.of("r" + sequence);
        RepoId repo = RepoId.of("repo-" + sequence % 40);
        Hash hash = Hash.of(Long.toString(sequence).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        JournalEntry entry = new JournalEntry(sequence, id, repo, DAY, 0, 1, hash, BEGIN, new Commitment(null, hash), null);
        ReceiptHeader header = new ReceiptHeader(id, ReceiptKind.DECISION, "gate-" + sequence % 15, repo, BEGIN.plusSeconds(sequence * 60),
                EvaluationPoint.UNKNOWN, DecisionStatus.PASS, null, null, "ide", "default", "unknown", List.of("policy-1.0.0"), null, false,
                null, null, null, words ? rationale(sequence) : "", words ? List.of("needs review", "gate " + sequence % 15) : List.of(),
                Kid.of("k"));
        return LedgerLine.receipt(new JournalLine(entry, new JournalPosition(DAY, sequence)), header, SignatureVerdict.verified(BEGIN), 0);
    }

    /** A dozen words, few of them often and many seldom, and some whose number is known. */
    private String rationale(long sequence) {
        return "everywhere " + (sequence % 2 == 0 ? "even " : "odd ") + (sequence % 20_000 == 777 ? "seldom " : "")
                + IntStream.range(0, 10).mapToObj(i -> "word" + (int) Math.pow(VOCABULARY, random.nextDouble())).collect(Collectors.joining(" "));
    }
}
