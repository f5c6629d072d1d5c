package io.zeroui.tenant.evidence.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.tenant.evidence.requests.PageCursor;
import io.zeroui.tenant.evidence.search.SearchStore.StoreQuery;
import io.zeroui.tenant.evidence.search.SearchText.Words;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every search follows an index of its tenant, with the serving login's policies, for known parameters and for any. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class SearchPlansIT {

    private static final int ROWS = 50_000;
    private static final int TENANTS = 5;
    private static final TenantId TENANT = TenantId.of("plans-1");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final SearchFilters ALL = new SearchFilters(null, null, Map.of(), null);
    private static final SearchFilters WEEK = new SearchFilters(NOON, NOON.plus(Duration.ofDays(7)), Map.of(), null);
    private static final PageCursor CURSOR = PageCursor.at(ROWS / TENANTS, NOON, 2_000);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.TENANT);
    private static boolean filled;
    private static Connection serving;

    @Inject
    DatabaseSchema schema;

    /** Rows as time brought them, of tenants that come by turns. */
    @BeforeEach
    void fillOnce() throws SQLException {
        if (filled) {
            return;
        }
        assertThat(schema.whenReady().await().atMost(Duration.ofSeconds(60))).isNotEmpty();
        admin("""
                INSERT INTO app.receipts_index (tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status,
                    evaluation_point, severity, plane, environment, emitter_service, degraded, timestamp_utc, received_at, kid,
                    hash, chain_id, chain_position, prev_hash, chain_hash, file, file_offset, line_length, signature_status,
                    module_id, actor_type, parent_receipt_id, policy_version_ids, policy_standing)
                SELECT 'plans-' || t, 'r' || n, n, 'decision', 'repo-' || n %% 40, 'gate-' || n %% 15,
                       (ARRAY['pass', 'pass', 'warn', 'pass'])[1 + n %% 4], 'pre-commit', 'low', 'ide', 'default', 'e' || n %% 3,
                       false, timestamptz '2026-05-01' + n * interval '7 minutes', now(), 'k', sha256(n::text::bytea),
                       'c' || n %% 3, n / 3 + 1, sha256(''), sha256(''), 'f', 0, 1, 'verified', 'm' || n %% 1500, 'human',
                       CASE WHEN n %% 10 = 0 THEN 'r' || n / 2 END, ARRAY['p-' || n %% 7, 'q-' || n %% 5],
                       CASE WHEN n %% 1000 = 0 THEN 'superseded' ELSE 'consistent' END
                FROM generate_series(0, %d) AS n, generate_series(1, %d) AS t
                WHERE n > 0 ORDER BY n
                """.formatted(ROWS / TENANTS, TENANTS));
        admin("""
                INSERT INTO app.receipt_words (tenant_id, word, timestamp_utc, ledger_sequence)
                SELECT r.tenant_id, word, r.timestamp_utc, n FROM app.receipts_index AS r, LATERAL (SELECT r.ledger_sequence AS n) AS s,
                    unnest(ARRAY['all', CASE WHEN n % 2 = 0 THEN 'even' ELSE 'odd' END, CASE WHEN n % 2500 = 0 THEN 'rare' END,
                        'w' || n % 3000, 'v' || n % 200]) AS word
                WHERE r.tenant_id LIKE 'plans-%' AND word IS NOT NULL ORDER BY n
                """);
        admin("VACUUM ANALYZE app.receipts_index", "VACUUM ANALYZE app.receipt_words");
        filled = true;
    }

    @AfterAll
    static void empty() throws SQLException {
        serving.close();
        admin("SET session_replication_role = replica", "DELETE FROM app.receipts_index WHERE tenant_id LIKE 'plans-%'",
                "DELETE FROM app.receipt_words WHERE tenant_id LIKE 'plans-%'", "ANALYZE app.receipts_index", "ANALYZE app.receipt_words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void aPageIsReadInOrderFromAnIndexOfTheTenant(String mode) throws SQLException {
        for (SearchFilters filters : List.of(ALL, WEEK, new SearchFilters(NOON, null, Map.of(), null),
                new SearchFilters(null, NOON, Map.of(), null))) {
            assertThat(plan(mode, SearchStore.page(TENANT, filters, null, null, 51))).contains("receipts_index_time").doesNotContain("Sort");
            assertThat(plan(mode, SearchStore.page(TENANT, filters, null, CURSOR, 51))).contains("receipts_index_time").doesNotContain("Sort");
        }
    }

    @ParameterizedTest
    @EnumSource(ReceiptFilter.class)
    void everyFilterIsAnsweredFromAnIndexOfTheTenant(ReceiptFilter filter) throws SQLException {
        for (String value : values(filter)) {
            for (SearchFilters times : List.of(ALL, WEEK)) {
                SearchFilters filters = new SearchFilters(times.from(), times.to(), Map.of(filter, value), null);
                for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                    for (PageCursor cursor : new PageCursor[] {null, CURSOR}) {
                        String plan = plan(mode, SearchStore.page(TENANT, filters, null, cursor, 51));
                        assertThat(plan).contains(index(filter, value));
                    }
                }
            }
        }
    }

    @Test
    void twoFiltersAndCountsAreAnsweredFromAnIndexOfTheTenant() throws SQLException {
        for (ReceiptFilter one : ReceiptFilter.values()) {
            for (ReceiptFilter other : ReceiptFilter.values()) {
                Map<ReceiptFilter, String> both = new EnumMap<>(ReceiptFilter.class);
                both.put(one, values(one).get(0));
                both.put(other, values(other).get(0));
                plan("force_generic_plan", SearchStore.page(TENANT, new SearchFilters(null, null, both, null), null, CURSOR, 51));
                plan("force_custom_plan", SearchStore.page(TENANT, new SearchFilters(NOON, null, both, null), null, null, 501));
            }
        }
        for (GroupKey key : GroupKey.values()) {
            plan("force_custom_plan", SearchStore.counts(TENANT, WEEK, null, List.of(key)));
            plan("force_generic_plan", SearchStore.counts(TENANT, ALL, null, List.of(key)));
        }
        assertThat(plan("force_generic_plan", SearchStore.chain(TENANT, new SearchFilters(null, null,
                Map.of(ReceiptFilter.CHAIN_ID, "c1"), null), null, 70, 51))).contains("receipts_index_chain").doesNotContain("Sort");
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void aTextIsReadInTheOrderOfItsRarestWordsEntries(String mode) throws SQLException {
        for (Words words : List.of(words("all"), words("rare"), words("nowhere"), words("even", "all"), words("rare", "all", "even"),
                not(words("all"), List.of("odd")), not(words("even", "v8"), List.of("rare", "all"), List.of("w5")))) {
            for (SearchFilters times : List.of(ALL, WEEK)) {
                for (PageCursor cursor : new PageCursor[] {null, CURSOR}) {
                    assertThat(plan(mode, SearchStore.page(TENANT, times, words, cursor, 101))).doesNotContain("Sort", "Hash", "Merge")
                            .contains("receipt_words_pkey", "receipts_index_ledger_sequence");
                    for (ReceiptFilter filter : ReceiptFilter.values()) {
                        SearchFilters both = new SearchFilters(times.from(), times.to(), Map.of(filter, values(filter).get(0)), null);
                        assertThat(plan(mode, SearchStore.page(TENANT, both, words, cursor, 101))).doesNotContain("Sort", "Hash", "Merge")
                                .contains("receipt_words_pkey", "receipts_index_ledger_sequence");
                        assertThat(plan(mode, SearchStore.page(TENANT, both, words.following(), cursor, 101)))
                                .contains("receipt_words_pkey", index(filter, values(filter).get(0))).doesNotContain("Hash", "Merge");
                    }
                }
            }
            SearchFilters parent = new SearchFilters(null, null, Map.of(ReceiptFilter.PARENT_RECEIPT_ID, "r500"), null);
            for (SearchFilters filters : List.of(WEEK, parent)) {
                assertThat(plan(mode, SearchStore.counts(TENANT, filters, words, List.of(GroupKey.DAY, GroupKey.POLICY_VERSION_ID))))
                        .contains("receipts_index_ledger_sequence");
            }
            assertThat(plan(mode, SearchStore.ledger(TENANT, ALL, words.following(), 100, 400, false, 51)))
                    .contains("receipts_index_ledger_sequence").doesNotContain("Sort");
        }
        assertThat(plan(mode, SearchStore.ledger(TENANT, ALL, null, 0, 50_000, true, 51))).contains("receipts_index_ledger_sequence")
                .doesNotContain("Sort");
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void aPageOfATextReadsAboutAsManyEntriesAsItHas(String mode) throws SQLException {
        assertThat(mostRows(mode, SearchStore.page(TENANT, ALL, words("all"), null, 101))).isEqualTo(101);
        assertThat(mostRows(mode, SearchStore.page(TENANT, ALL, words("all"), CURSOR, 101))).isEqualTo(101);
        assertThat(mostRows(mode, SearchStore.page(TENANT, WEEK, words("even", "all"), null, 101))).isEqualTo(101);
        assertThat(mostRows(mode, SearchStore.page(TENANT, ALL, not(words("all"), List.of("odd")), null, 101))).isBetween(101L, 210L);
        assertThat(mostRows(mode, SearchStore.page(TENANT, ALL, words("rare", "all"), null, 101))).isEqualTo(4);
        assertThat(mostRows(mode, SearchStore.page(TENANT, ALL, words("nowhere", "all"), null, 101))).isLessThanOrEqualTo(1);
    }

    /** The most rows that a node of the plan gave or threw away. */
    private static long mostRows(String mode, StoreQuery query) throws SQLException {
        return Pattern.compile("rows=(\\d+)[^\\n]* loops=(\\d+)|Rows Removed by Filter: (\\d+)()")
                .matcher(explain(mode, query, "ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF").stream().collect(Collectors.joining("\n")))
                .results().mapToLong(row -> row.group(1) == null ? Long.parseLong(row.group(3))
                        : Long.parseLong(row.group(1)) * Long.parseLong(row.group(2))).max().orElseThrow();
    }

    private static Words words(String... rarestFirst) {
        return new Words(List.of(rarestFirst), List.of(), 1_000, true);
    }

    @SafeVarargs
    private static Words not(Words words, List<String>... excluded) {
        return new Words(words.required(), List.of(excluded), words.entries(), true);
    }

    @Test
    void aThousandGroupsAreTheMostAndTheTotalCountsAll() {
        JsonPath answer = given().header("X-Tenant-Id", TENANT.value()).contentType("application/json")
                .body("{\"group_by\": [\"module_id\"]}").post("/v1/evidence/aggregate").then().statusCode(200).extract().jsonPath();
        assertThat(answer.getList("groups")).hasSize(1_000);
        assertThat(answer.getBoolean("truncated")).isTrue();
        assertThat(answer.getInt("total")).isEqualTo(ROWS / TENANTS);
        assertThat(answer.getString("groups[0].module_id")).isEqualTo("m1");
        assertThat(answer.getInt("groups[0].count")).isEqualTo(7);
    }

    private static List<String> values(ReceiptFilter filter) {
        return switch (filter) {
            case STATUS -> List.of("pass", "warn", "soft_block", "hard_block");
            case REPO_ID -> List.of("repo-7", "none");
            case GATE_ID -> List.of("gate-7", "none");
            case PARENT_RECEIPT_ID -> List.of("r500", "none");
            case CHAIN_ID -> List.of("c1", "none");
            case KIND -> List.of("decision", "feedback");
            case POLICY_VERSION_ID -> List.of("p-1", "none");
            case EVALUATION_POINT -> List.of("pre-commit", "pre-deploy");
            case ACTOR_TYPE -> List.of("human", "ai");
            case SIGNATURE_STATUS -> List.of("verified", "kid_revoked", "kid_unknown");
            case POLICY_STANDING -> List.of("consistent", "unknown_policy", "superseded");
            default -> List.of("low", "none");
        };
    }

    /** The index that a filter was given, else any that begins with the tenant. */
    private static String index(ReceiptFilter filter, String value) {
        return switch (filter) {
            case REPO_ID -> "receipts_index_repo";
            case GATE_ID -> "receipts_index_gate";
            case PARENT_RECEIPT_ID -> "receipts_index_parent";
            case STATUS -> value.endsWith("block") ? "receipts_index_blocked" : "receipts_index_";
            case SIGNATURE_STATUS -> value.equals("verified") ? "receipts_index_" : "receipts_index_unverified";
            case POLICY_STANDING -> value.equals("consistent") ? "receipts_index_" : "receipts_index_claims";
            default -> "receipts_index_";
        };
    }

    /** The plan; its reads are all by an index and the tenant. */
    private static String plan(String mode, StoreQuery query) throws SQLException {
        List<String> lines = explain(mode, query, "COSTS OFF");
        String plan = String.join("\n", lines);
        long reads = lines.stream().filter(line -> line.contains(" Scan ") && !line.contains("Heap")
                && !line.contains("Subquery")).count();
        long byTenant = lines.stream().filter(line -> line.matches(" *Index Cond: \\(+tenant_id = .*")).count();
        assertThat(plan).as(query.text()).doesNotContain("Seq Scan").contains("Index Cond");
        assertThat(byTenant).as(plan).isEqualTo(reads);
        return plan;
    }

    /** As the serving login, prepared as the driver does it. */
    private static List<String> explain(String mode, StoreQuery query, String options) throws SQLException {
        if (serving == null) {
            serving = RealRuntime.connect(RUNTIME.databaseUrl(Plane.TENANT));
        }
        try (Statement sql = serving.createStatement()) {
            sql.execute("DEALLOCATE ALL");
            sql.execute("SET app.current_tenant_id = '" + TENANT + "'");
            sql.execute("SET plan_cache_mode = " + mode);
            sql.execute("PREPARE search AS " + query.text().replace("{home}", "app"));
            List<String> lines = new ArrayList<>();
            String values = IntStream.range(0, query.values().size())
                    .mapToObj(i -> "'" + query.values().getValue(i) + "'").collect(Collectors.joining(", "));
            try (ResultSet rows = sql.executeQuery("EXPLAIN (" + options + ") EXECUTE search (" + values + ")")) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        }
    }

    private static void admin(String... statements) throws SQLException {
        try (Connection admin = RealRuntime.connect(RUNTIME.adminUrl(Plane.TENANT)); Statement sql = admin.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }
}
