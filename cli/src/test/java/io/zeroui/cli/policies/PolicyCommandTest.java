package io.zeroui.cli.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.cli.AnsweringPlanes;
import io.zeroui.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server that answers as the product plane does. */
class PolicyCommandTest {

    private static final String VERSION = """
            {"policy_id":"gate","version":"1.0","state":"released","type":"gate","scope":"org","enforcement":"warn","author":"key:a",
             "approver":"key:b","drafted_at":"2026-01-01T00:00:00Z","number":1,"published":true,
             "terms":{"order":4,"fail_mode":"open","rollout":{"basis_points":250,"edges":["e"],"repos":[]}},
             "snapshot":{"policy_content":{"max_findings":3}},
             "history":[{"number":1,"at":"2026-01-01T00:00:00Z","by":"key:a","act":"drafted","policy_id":"gate","version":"1.0"},
                        {"number":5,"at":"2026-01-02T00:00:00Z","by":"key:b","act":"halted","reason":"too loud"}]}
            """;

    @TempDir
    Path folder;
    @RegisterExtension
    final AnsweringPlanes planes = new AnsweringPlanes();

    @Test
    void policiesAndVersionsAreTables() {
        planes.answers.put("/v1/policies", "{\"items\":[{\"policy_id\":\"gate\",\"versions\":2,\"latest\":" + VERSION + ",\"released\":[" + VERSION + "]}]}");
        planes.answers.put("/v1/policies/gate", "{\"items\":[" + VERSION + "]}");
        planes.answers.put("/v1/policies/gate/versions/1.0", VERSION);
        assertThat(run("list", "--tenant", "acme")).isZero();
        assertThat(run("list", "--tenant", "acme", "gate")).isZero();
        assertThat(run("show", "--tenant", "acme", "gate", "1.0")).isZero();
        assertThat(run("history", "--tenant", "acme", "gate", "1.0")).isZero();

        assertThat(planes.out.toString()).contains("gate    2         1.0     released  1.0 (2.5 % and 1 named)")
                .contains("1.0      released  gate  org    warn         2.5 % and 1 named  key:a   key:b     2026-01-01T00:00:00Z")
                .contains("\"max_findings\" : 3").contains("5       2026-01-02T00:00:00Z  halted   key:b  too loud");
        assertThat(planes.requests.get(0)).isEqualTo("GET /v1/policies?limit=200 acme Bearer someone ");
    }

    @Test
    void edgesAndOverlaysAreTablesOfTheTenantPlane() {
        planes.answers.put("/v1/policy/edges", """
                {"mirror":{"root_version":1,"release":7,"fresh":true,"up_to_date":true},"items":[{"edge_id":"laptop-1","root_version":1,"release":6,
                 "fresh":false,"up_to_date":false,"objection":"EXPIRED","said_at":"2026-01-02T00:00:00Z"}]}""");
        String rule = "{\"policy_id\":\"gate\",\"enforcement\":\"hard_block\"}";
        planes.answers.put("/v1/policy/overlays", "{\"version\":2,\"items\":[" + rule + "],\"changes\":[{\"version\":2,\"policy_id\":\"gate\",\"rule\":" + rule
                + ",\"by\":\"key:a\",\"at\":\"2026-01-02T00:00:00Z\",\"reason\":\"audit\"}]}");
        planes.answers.put("/v1/policy/overlays/gate", rule);
        planes.answers.put("/v1/policy/overlays/gate/removal", "{\"version\":3,\"items\":[],\"changes\":[]}");
        assertThat(run("edges", "--tenant", "acme")).isZero();
        assertThat(run("overlay", "list", "--tenant", "acme")).isZero();
        assertThat(run("overlay", "set", "gate", "--tenant", "acme", "--enforcement", "hard_block", "--fail-closed", "--reason", "audit")).isZero();
        assertThat(run("overlay", "remove", "gate", "--tenant", "acme", "--reason", "over")).isZero();
        assertThat(run("overlay", "set", "gate", "--tenant", "acme", "--reason", "nothing")).isEqualTo(2);
        assertThat(run("overlay")).isEqualTo(2);

        assertThat(planes.out.toString()).contains("(tenant plane)  7        1     yes    yes         -        -")
                .contains("laptop-1        6        1     no     no          EXPIRED  2026-01-02T00:00:00Z")
                .contains("gate    hard_block            -").contains("key:a  audit").contains("nothing is added");
        assertThat(planes.requests.get(2)).startsWith("PUT /v1/policy/overlays/gate acme");
        assertThat(Json.read(planes.body(2)).path("fail_mode").asText()).isEqualTo("closed");
        assertThat(planes.err.toString()).contains("--enforcement, --fail-closed or both").contains("list, set, remove");
    }

    @Test
    void aDraftIsMadeOfAFileAndEveryActIsARequest() throws IOException {
        Path file = Files.writeString(folder.resolve("p.json"), "{\n  \"max_findings\": 3\n}\n");
        planes.answers.put("/v1/policies", VERSION);
        for (String act : List.of("submission", "approval", "rejection", "release", "promotion", "halt", "kill", "revocation")) {
            planes.answers.put("/v1/policies/gate/versions/1.0/" + act, VERSION);
        }
        assertThat(run("draft", "--tenant", "acme", "gate", "1.0", "--file", file.toString(), "--type", "gate", "--scope", "org", "--enforcement",
                "warn")).isZero();
        assertThat(Json.read(planes.body(0)).path("content").path("max_findings").asInt()).isEqualTo(3);
        for (String command : List.of("submit", "approve", "reject --reason r", "release --percent 2.5 --edge e --fail-mode closed", "promote",
                "halt --reason r", "kill --reason r --until 2099-01-01T00:00:00Z", "revoke --reason r")) {
            assertThat(run((command + " --tenant acme gate 1.0").split(" "))).as(command).isZero();
        }
        assertThat(planes.requests.subList(1, 9)).extracting(request -> request.split(" ")[1].replaceAll(".*/", ""))
                .containsExactly("submission", "approval", "rejection", "release", "promotion", "halt", "kill", "revocation");
        assertThat(Json.read(planes.body(4)).toString())
                .isEqualTo("{\"fail_mode\":\"closed\",\"rollout\":{\"basis_points\":250,\"edges\":[\"e\"]}}");
        assertThat(Json.read(planes.body(5)).path("rollout").path("basis_points").asInt()).isEqualTo(10_000);
        assertThat(planes.out.toString()).contains("gate 1.0 is released, reaches 2.5 % and 1 named");
        assertThat(run("kill", "--tenant", "acme", "gate", "1.0", "--lift", "--reason", "r", "--json")).isZero();
        assertThat(planes.body(9)).contains("\"killed_until\" : null");
    }

    @Test
    void aReleaseLooksAfterItselfAndAnEarlierOneIsRestored() throws IOException {
        planes.answers.put("/v1/policies/gate/versions/1.0/release", VERSION);
        planes.answers.put("/v1/policies/gate/versions/0.9/restore", VERSION);
        assertThat(run("release --tenant acme gate 1.0 --gate receipts=200,override=10% --gate block=0.25 --step 5:PT30M --step 12.5%:PT2H --step 100"
                .split(" "))).isZero();
        assertThat(Json.read(planes.body(0)).toString()).isEqualTo("{\"fail_mode\":\"open\",\"gate\":{\"min_receipts\":200,\"max_override_rate\":0.1,"
                + "\"max_block_rate\":0.25},\"steps\":[{\"percent\":5,\"bake\":\"PT30M\"},{\"percent\":12.5,\"bake\":\"PT2H\"},{\"percent\":100}],"
                + "\"rollout\":{\"basis_points\":500}}");
        for (String wrong : List.of("--gate speed=1", "--gate receipts=x", "--gate override=much", "--step soon")) {
            assertThat(run(("release --tenant acme gate 1.0 " + wrong).split(" "))).as(wrong).isEqualTo(2);
        }
        assertThat(run("restore", "--tenant", "acme", "gate", "0.9", "--reason", "better")).isZero();
        assertThat(Json.read(planes.body(1)).toString()).isEqualTo("{\"reason\":\"better\"}");
    }

    @Test
    void theStatusIsATableOfReleasedVersions() {
        planes.answers.put("/v1/policy-rollouts", "{\"items\":[" + VERSION.strip().replaceFirst("\\{", "{\"release\":{\"gate\":{\"min_receipts\":200,"
                + "\"max_override_rate\":0.1},\"verdict\":\"failed\",\"breached\":\"override\",\"counts\":{\"receipts\":400,"
                + "\"override\":{\"receipts\":100,\"rate\":0.25},\"block\":{\"receipts\":2,\"rate\":0.005}},"
                + "\"next_step\":{\"percent\":25,\"not_before\":\"2026-01-01T00:30:00Z\"}},") + "],\"unpublished\":{\"failure\":\"disk is full\"}}");
        planes.answers.put("/v1/status", "{\"policies\":{\"unpublished\":[{\"tenant\":\"acme\",\"failure\":\"disk is full\"}],"
                + "\"gates\":{\"blind\":true,\"blind_tenants\":[\"beta\"],\"failure\":\"no database\"}}}");
        assertThat(run("status", "--tenant", "acme")).isZero();
        assertThat(planes.out.toString()).contains("gate    1.0      2.5 % and 1 named  released  400       25 % (most 10 %)  0.5 %  -         "
                + "failed by override  25 % from 2026-01-01T00:30:00Z").contains("not published yet").contains("unpublished tenant: acme disk is full")
                .contains("gates are blind, nothing is halted or promoted by itself: no database\nblind for tenant: beta");
        planes.out.getBuffer().setLength(0);
        assertThat(run("status", "--tenant", "acme", "--json")).isZero();
        assertThat(Json.read(planes.out.toString()).at("/items/0/release/verdict").asText()).isEqualTo("failed");
        assertThat(Json.read(planes.out.toString()).at("/service/gates/blind").asBoolean()).isTrue();
    }

    @Test
    void aDiffIsATableOrAPatch() {
        String patch = "[{\"op\":\"replace\",\"path\":\"/max_findings\",\"value\":4},{\"op\":\"remove\",\"path\":\"/old\"}]";
        planes.answers.put("/v1/policies/gate/diff", patch);
        assertThat(run("diff", "--tenant", "acme", "gate", "1.0", "2.0")).isZero();
        assertThat(planes.out.toString()).contains("replace  /max_findings  4").contains("remove   /old           -");
        assertThat(planes.requests.get(0)).contains("diff?from=1.0&to=2.0");
        planes.out.getBuffer().setLength(0);
        assertThat(run("diff", "--tenant", "acme", "gate", "1.0", "2.0", "--json")).isZero();
        assertThat(Json.read(planes.out.toString())).isEqualTo(Json.read(patch));
    }

    @Test
    void aRefusalIsAFailureWithItsReason() {
        planes.status = 409;
        planes.answers.put("/v1/policies/gate/versions/1.0/approval",
                "{\"detail\":\"who wrote the version cannot approve it\",\"error\":{\"details\":{\"reason\":\"AUTHOR_APPROVES\"}}}");
        assertThat(run("approve", "--tenant", "acme", "gate", "1.0")).isEqualTo(1);
        assertThat(planes.err.toString()).contains("HTTP 409 AUTHOR_APPROVES: who wrote the version cannot approve it");
    }

    private int run(String... arguments) {
        return planes.run(new PolicyCommand(planes.system()), arguments);
    }
}
