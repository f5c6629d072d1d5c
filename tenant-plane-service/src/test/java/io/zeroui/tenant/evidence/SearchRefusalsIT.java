package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search refuses, and that it says why without repeating what it was sent. */
@QuarkusTest
@TestProfile(WithoutLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class SearchRefusalsIT {

    private static final LedgerView LEDGER = new LedgerView(TenantId.of("t-" + UUID.randomUUID()));

    @BeforeEach
    void ingestOnce() {
        if (LEDGER.indexed().isEmpty()) {
            SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
            EdgeStream edge = new EdgeStream();
            emitter.decisions("core-api", 5).forEach(line -> edge.send(LEDGER.tenant, line, emitter));
            await().atMost(Duration.ofSeconds(60)).until(() -> LEDGER.indexed().size() == 5);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
            "no_such ~ {\"no_such\": 1}",
            "Status ~ {\"Status\": \"pass\"}",
            "group_by ~ {\"group_by\": [\"day\"]}",
            "status ~ {\"status\": \"evil-marker\"}",
            "status ~ {\"status\": [\"pass\"]}",
            "status ~ {\"status\": {\"$ne\": \"evil-marker\"}}",
            "kind ~ {\"kind\": \"Decision\"}",
            "actor_type ~ {\"actor_type\": true}",
            "evaluation_point ~ {\"evaluation_point\": \"pre-evil-marker\"}",
            "gate_id ~ {\"gate_id\": 7}",
            "gate_id ~ {\"gate_id\": \"\"}",
            "gate_id ~ {\"gate_id\": \"evil-marker\\u0000\"}",
            "module_id ~ {\"module_id\": \"evil-marker\\n\"}",
            "repo_id ~ {\"repo_id\": \"\\ud800evil-marker\"}",
            "from ~ {\"from\": \"yesterday evil-marker\"}",
            "from ~ {\"from\": 1767225600}",
            "from ~ {\"from\": \"2026-02-30T00:00:00Z\"}",
            "to ~ {\"to\": \"2026-01-01\"}",
            "to ~ {\"to\": \"2026-01-01T00:00:00\"}",
            "to ~ {\"to\": \"2026-01-01T00:00:00+99:00\"}",
            "to ~ {\"to\": \"+999999999-01-01T00:00:00Z\"}",
            "text ~ {\"text\": \"\"}",
            "text ~ {\"text\": \"   \"}",
            "text ~ {\"text\": 7}",
            "text ~ {\"text\": [\"evil-marker\"]}",
            "text ~ {\"text\": \"evil-marker\\u0000\"}",
            "text ~ {\"text\": \"evil-marker\\nchange\"}",
            "text ~ {\"text\": \"\\udc00evil-marker\"}",
            "text ~ {\"text\": \"the of and\"}",
            "text ~ {\"text\": \"-change\"}",
            "text ~ {\"text\": \"the -change -\\\"evil-marker\\\"\"}",
            "text ~ {\"text\": \"' & | ! ( ) : * \\\\ - <->\"}",
            "text ~ {\"text\": \"\\\"\\\"\"}",
            "text ~ {\"text\": \"a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6 b7 b8\"}",
            "text ~ {\"text\": \"a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 -b4 b5 b6 -b7 b8\"}",
            "limit ~ {\"limit\": 0}",
            "limit ~ {\"limit\": 501}",
            "limit ~ {\"limit\": -1}",
            "limit ~ {\"limit\": \"10\"}",
            "limit ~ {\"limit\": 1.5}",
            "limit ~ {\"limit\": 1e2}",
            "limit ~ {\"limit\": 99999999999999999999999999}",
            "cursor ~ {\"cursor\": 5}",
            "cursor ~ {\"cursor\": \"\"}",
            "cursor ~ {\"cursor\": \"evil-marker\"}",
            "cursor ~ {\"cursor\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
            "cursor ~ {\"cursor\": \"////////////////////////////////////////////////////////\"}"})
    void aSearchNamesTheMemberThatIsWrong(String member, String body) {
        refused(post("search", body), member);
        if (!member.equals("group_by")) {
            refused(post("receipts/chain-query", body.replace("{\"", "{\"chain_id\": \"c\", \"")
                    .replaceAll("\\{\"chain_id\": \"c\", \"\\$", "{\"\\$")), member);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
            "group_by ~ {}",
            "group_by ~ {\"group_by\": []}",
            "group_by ~ {\"group_by\": \"day\"}",
            "group_by ~ {\"group_by\": [\"day\", \"day\"]}",
            "group_by ~ {\"group_by\": [\"day\", \"kind\", \"status\", \"severity\"]}",
            "group_by ~ {\"group_by\": [\"tenant_id\"]}",
            "group_by ~ {\"group_by\": [\"count(*) evil-marker\"]}",
            "group_by ~ {\"group_by\": [\"DAY\"]}",
            "group_by ~ {\"group_by\": [null]}",
            "group_by ~ {\"group_by\": [[\"day\"]]}",
            "limit ~ {\"group_by\": [\"day\"], \"limit\": 5}",
            "cursor ~ {\"group_by\": [\"day\"], \"cursor\": \"x\"}",
            "text ~ {\"group_by\": [\"day\"], \"text\": \"-evil-marker\"}",
            "status ~ {\"group_by\": [\"day\"], \"status\": \"evil-marker\"}"})
    void anAggregateNamesTheMemberThatIsWrong(String member, String body) {
        refused(post("aggregate", body), member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "7", "\"evil-marker\"", "{", "{evil-marker}", "{} {}", "{\"kind\":\"decision\",}",
            "{\"kind\":\"decision\",\"kind\":\"feedback\"}", "{\"a\":[[[[[[[[1]]]]]]]]}", "\u0000", "{\"kind\": 'decision'}"})
    void whatIsNoJsonObjectIsRefused(String body) {
        for (String path : List.of("search", "aggregate", "receipts/chain-query", "receipts/ledger-query")) {
            refused(post(path, body), null);
        }
    }

    @Test
    void whatIsTooLongOrNotUtf8IsRefused() {
        refused(post("search", "{\"gate_id\": \"" + "x".repeat(70_000) + "\"}"), null);
        refused(post("search", "{\"gate_id\": \"" + "x".repeat(600) + "\"}"), "gate_id");
        refused(send("search", new byte[] {'{', '"', 'k', 'i', 'n', 'd', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'}), null);
        refused(post("search", "{\"<script>evil-marker</script>\": 1}"), "(a member whose name is not plain)");
        refused(post("search", "{\"" + "n".repeat(100) + "\": 1}"), "(a member whose name is not plain)");
    }

    @Test
    void hostileValuesFindNothingAndBreakNothing() {
        for (String value : List.of("' OR '1'='1", "x'; DROP TABLE app.receipts_index; --", "%", "*", "\\\\", "$1", "{home}", "\\u00e9",
                "\\ud83d\\ude00", "\\\"", "../../etc/passwd")) {
            for (String filter : List.of("gate_id", "module_id", "policy_version_id", "repo_id", "severity", "chain_id",
                    "parent_receipt_id", "plane", "environment", "emitter_service")) {
                assertThat(post("search", "{\"" + filter + "\": \"" + value + "\"}").then().statusCode(200).extract().jsonPath()
                        .getList("items")).as(filter).isEmpty();
            }
        }
        assertThat(LEDGER.indexed()).hasSize(5);
    }

    @Test
    void aHostileTextIsWordsAndNothingElse() {
        for (String text : List.of("change' OR '1'='1", "change'); DROP TABLE app.receipt_words; --", "change & | ! ( ) : * \\\\", "$1 change",
                "{home} change", "change:*", "!change", "change <-> change", "%s change", "<change", "\\u00e9 -\\ud83d\\ude00 change",
                "-\\u0022change", "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6 b7", "x".repeat(200), "-a ".repeat(66).strip() + " b")) {
            for (String path : List.of("search", "receipts/ledger-query")) {
                Response answer = post(path, "{\"text\": \"" + text + "\"}");
                assertThat(answer.statusCode()).as(text + answer.asString()).isIn(200, 400);
            }
        }
        for (String text : List.of("change & deny | list", "CHANGES: (denied)", "dependency -nothing", "\\\"Licences\\\"", "list <deny")) {
            assertThat(post("search", "{\"text\": \"" + text + "\"}").jsonPath().getList("items")).as(text).hasSize(5);
        }
        for (String text : List.of("change:nothing", "\\\"licence\\\"", "change -deny", "change -\\\"LICENCES\\\"")) {
            assertThat(post("search", "{\"text\": \"" + text + "\"}").jsonPath().getList("items")).as(text).isEmpty();
        }
        refused(post("search", "{\"text\": \"" + "x".repeat(201) + "\"}"), "text");
        assertThat(post("search", "{\"text\": \"the\"}").jsonPath().getString("detail")).contains("are not indexed");
        assertThat(LEDGER.indexed()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
            "after ~ {\"after\": -1}",
            "after ~ {\"after\": \"1\"}",
            "after ~ {\"after\": 1.5}",
            "before ~ {\"before\": 99999999999999999999999999}",
            "before ~ {\"after\": 1, \"before\": 2}",
            "cursor ~ {\"cursor\": \"x\"}",
            "limit ~ {\"limit\": 501}",
            "status ~ {\"status\": \"evil-marker\"}"})
    void aLedgerQueryNamesTheMemberThatIsWrong(String member, String body) {
        refused(post("receipts/ledger-query", body), member);
    }

    @Test
    void aStretchOfTheLedgerEndsWhereItMust() {
        assertThat(post("receipts/ledger-query", "{\"after\": 9223372036854775807}").jsonPath().getLong("to")).isEqualTo(5);
        assertThat(post("receipts/ledger-query", "{\"before\": 9223372036854775807}").jsonPath().getList("items")).hasSize(5);
        assertThat(post("receipts/ledger-query", "{\"before\": 0}").jsonPath().getList("items")).isEmpty();
        assertThat(post("receipts/ledger-query", "{\"before\": 3, \"limit\": 1}").jsonPath().getList("items.ledger_sequence"))
                .isEqualTo(List.of(2));
        assertThat(post("receipts/ledger-query", "{\"after\": 3, \"limit\": 1}").jsonPath().getMap("").get("to")).isEqualTo(4);
    }

    @Test
    void everyMemberMayBeNullAndTheBodyMayHaveLines() {
        String body = "{\r\n  \"kind\": null,\n  \"from\": null, \"limit\": null, \"cursor\": null\n}\n";
        assertThat(post("search", body).jsonPath().getList("items")).hasSize(5);
        assertThat(post("search", "{\"from\": \"2020-01-01t01:00:00.5+01:00\", \"to\": \"9999-12-31T23:59:59Z\"}").jsonPath()
                .getList("items")).hasSize(5);
        assertThat(post("search", "{\"from\": \"0000-01-01T00:00:00-18:00\"}").jsonPath().getList("items")).hasSize(5);
        assertThat(post("search", "{\"from\": \"2030-01-01T00:00:00Z\", \"to\": \"2020-01-01T00:00:00Z\"}").jsonPath()
                .getList("items")).isEmpty();
    }

    @Test
    void aCursorIsGoodForItsSearchItsTenantAndNothingElse() {
        String good = post("search", "{\"limit\": 2}").jsonPath().getString("next_cursor");
        String chain = LEDGER.tenant + ":ide:default:unknown";
        String ofChain = post("receipts/chain-query", "{\"limit\": 2, \"chain_id\": \"" + chain + "\"}").jsonPath()
                .getString("next_cursor");
        assertThat(List.of(good, ofChain)).allSatisfy(cursor -> assertThat(cursor).matches("[A-Za-z0-9_-]{56}"));
        assertThat(post("search", "{\"limit\": 500, \"cursor\": \"" + good + "\"}").jsonPath().getList("items")).hasSize(3);
        assertThat(post("search", "{\"cursor\": \"" + good + "\"}").jsonPath().getString("next_cursor")).isNull();

        List<String> bad = new ArrayList<>(List.of(ofChain, good + "=", good + "A", good.substring(1), good.substring(0, 52)));
        for (int i = 0; i < good.length(); i++) {
            bad.add(good.substring(0, i) + (good.charAt(i) == 'A' ? 'B' : 'A') + good.substring(i + 1));
        }
        bad.forEach(cursor -> refused(post("search", "{\"cursor\": \"" + cursor + "\"}"), "cursor"));
        refused(post("search", "{\"kind\": \"decision\", \"cursor\": \"" + good + "\"}"), "cursor");
        refused(post("receipts/chain-query", "{\"chain_id\": \"" + chain + "\", \"cursor\": \"" + good + "\"}"), "cursor");
        refused(post("receipts/chain-query", "{}"), "chain_id");
        refused(given().header("X-Tenant-Id", "local").contentType("application/json")
                .body("{\"cursor\": \"" + good + "\"}").post("/v1/evidence/search"), "cursor");
    }

    @Test
    void aTenantMustBeNamedAndTheBodyMustBeJson() {
        for (String path : List.of("search", "aggregate", "receipts/chain-query", "receipts/ledger-query")) {
            Response nobody = given().contentType("application/json").body("{}").post("/v1/evidence/" + path);
            assertThat(nobody.statusCode()).isEqualTo(400);
            assertThat(nobody.jsonPath().getString("error.code")).isEqualTo("TENANT_ID_MISSING");
            assertThat(nobody.jsonPath().getString("detail")).contains("X-Tenant-Id");
            refused(given().header("X-Tenant-Id", "../x").contentType("application/json").body("{}").post("/v1/evidence/" + path),
                    null);
            assertThat(given().header("X-Tenant-Id", LEDGER.tenant.value()).contentType("text/plain").body("{}")
                    .post("/v1/evidence/" + path).statusCode()).isEqualTo(415);
        }
    }

    private static Response post(String path, String body) {
        return send(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Response send(String path, byte[] body) {
        return given().header("X-Tenant-Id", LEDGER.tenant.value()).contentType("application/json").body(body)
                .post("/v1/evidence/" + path);
    }

    private static void refused(Response response, String member) {
        String text = response.asString();
        assertThat(response.statusCode()).as(text).isEqualTo(400);
        assertThat(response.contentType()).contains("application/problem+json");
        assertThat(response.jsonPath().getString("error.code")).isEqualTo("VALIDATION_ERROR");
        assertThat(response.jsonPath().getString("error.details.member")).as(text).isEqualTo(member);
        assertThat(text).doesNotContain("evil-marker").doesNotContain("com.fasterxml");
        if (member != null) {
            assertThat(response.jsonPath().getString("detail")).contains(member);
        }
    }
}
