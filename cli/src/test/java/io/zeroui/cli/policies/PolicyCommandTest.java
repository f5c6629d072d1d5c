package io.zeroui.cli.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void policiesAndVersionsAreTables() {
        answers.put("/v1/policies", "{\"items\":[{\"policy_id\":\"gate\",\"versions\":2,\"latest\":" + VERSION + ",\"released\":[" + VERSION + "]}]}");
        answers.put("/v1/policies/gate", "{\"items\":[" + VERSION + "]}");
        answers.put("/v1/policies/gate/versions/1.0", VERSION);
        assertThat(run("list", "--tenant", "acme")).isZero();
        assertThat(run("list", "--tenant", "acme", "gate")).isZero();
        assertThat(run("show", "--tenant", "acme", "gate", "1.0")).isZero();
        assertThat(run("history", "--tenant", "acme", "gate", "1.0")).isZero();

        assertThat(out.toString()).contains("gate    2         1.0     released  1.0 (2.5 % and 1 named)")
                .contains("1.0      released  gate  org    warn         2.5 % and 1 named  key:a   key:b     2026-01-01T00:00:00Z")
                .contains("\"max_findings\" : 3").contains("5       2026-01-02T00:00:00Z  halted   key:b  too loud");
        assertThat(requests.get(0)).isEqualTo("GET /v1/policies?limit=200 acme Bearer someone ");
    }

    @Test
    void edgesAndOverlaysAreTablesOfTheTenantPlane() {
        answers.put("/v1/policy/edges", """
                {"mirror":{"root_version":1,"release":7,"fresh":true,"up_to_date":true},"items":[{"edge_id":"laptop-1","root_version":1,"release":6,
                 "fresh":false,"up_to_date":false,"objection":"EXPIRED","said_at":"2026-01-02T00:00:00Z"}]}""");
        String rule = "{\"policy_id\":\"gate\",\"enforcement\":\"hard_block\"}";
        answers.put("/v1/policy/overlays", "{\"version\":2,\"items\":[" + rule + "],\"changes\":[{\"version\":2,\"policy_id\":\"gate\",\"rule\":" + rule
                + ",\"by\":\"key:a\",\"at\":\"2026-01-02T00:00:00Z\",\"reason\":\"audit\"}]}");
        answers.put("/v1/policy/overlays/gate", rule);
        answers.put("/v1/policy/overlays/gate/removal", "{\"version\":3,\"items\":[],\"changes\":[]}");
        assertThat(run("edges", "--tenant", "acme")).isZero();
        assertThat(run("overlay", "list", "--tenant", "acme")).isZero();
        assertThat(run("overlay", "set", "gate", "--tenant", "acme", "--enforcement", "hard_block", "--fail-closed", "--reason", "audit")).isZero();
        assertThat(run("overlay", "remove", "gate", "--tenant", "acme", "--reason", "over")).isZero();
        assertThat(run("overlay", "set", "gate", "--tenant", "acme", "--reason", "nothing")).isEqualTo(2);
        assertThat(run("overlay")).isEqualTo(2);

        assertThat(out.toString()).contains("(tenant plane)  7        1     yes    yes         -        -")
                .contains("laptop-1        6        1     no     no          EXPIRED  2026-01-02T00:00:00Z")
                .contains("gate    hard_block            -").contains("key:a  audit").contains("nothing is added");
        assertThat(requests.get(2)).startsWith("PUT /v1/policy/overlays/gate acme");
        assertThat(Json.read(body(2)).path("fail_mode").asText()).isEqualTo("closed");
        assertThat(err.toString()).contains("--enforcement, --fail-closed or both").contains("list, set, remove");
    }

    @Test
    void aDraftIsMadeOfAFileAndEveryActIsARequest() throws IOException {
        Path file = Files.writeString(folder.resolve("p.json"), "{\n  \"max_findings\": 3\n}\n");
        answers.put("/v1/policies", VERSION);
        for (String act : List.of("submission", "approval", "rejection", "release", "promotion", "halt", "kill", "revocation")) {
            answers.put("/v1/policies/gate/versions/1.0/" + act, VERSION);
        }
        assertThat(run("draft", "--tenant", "acme", "gate", "1.0", "--file", file.toString(), "--type", "gate", "--scope", "org", "--enforcement",
                "warn")).isZero();
        assertThat(Json.read(body(0)).path("content").path("max_findings").asInt()).isEqualTo(3);
        for (String command : List.of("submit", "approve", "reject --reason r", "release --percent 2.5 --edge e --fail-mode closed", "promote",
                "halt --reason r", "kill --reason r --until 2099-01-01T00:00:00Z", "revoke --reason r")) {
            assertThat(run((command + " --tenant acme gate 1.0").split(" "))).as(command).isZero();
        }
        assertThat(requests.subList(1, 9)).extracting(request -> request.split(" ")[1].replaceAll(".*/", ""))
                .containsExactly("submission", "approval", "rejection", "release", "promotion", "halt", "kill", "revocation");
        assertThat(Json.read(body(4)).toString())
                .isEqualTo("{\"fail_mode\":\"closed\",\"rollout\":{\"basis_points\":250,\"edges\":[\"e\"]}}");
        assertThat(Json.read(body(5)).path("rollout").path("basis_points").asInt()).isEqualTo(10_000);
        assertThat(out.toString()).contains("gate 1.0 is released, reaches 2.5 % and 1 named");
        assertThat(run("kill", "--tenant", "acme", "gate", "1.0", "--lift", "--reason", "r", "--json")).isZero();
        assertThat(body(9)).contains("\"killed_until\" : null");
    }

    @Test
    void aReleaseLooksAfterItselfAndAnEarlierOneIsRestored() throws IOException {
        answers.put("/v1/policies/gate/versions/1.0/release", VERSION);
        answers.put("/v1/policies/gate/versions/0.9/restore", VERSION);
        assertThat(run("release --tenant acme gate 1.0 --gate receipts=200,override=10% --gate block=0.25 --step 5:PT30M --step 12.5%:PT2H --step 100"
                .split(" "))).isZero();
        assertThat(Json.read(body(0)).toString()).isEqualTo("{\"fail_mode\":\"open\",\"gate\":{\"min_receipts\":200,\"max_override_rate\":0.1,"
                + "\"max_block_rate\":0.25},\"steps\":[{\"percent\":5,\"bake\":\"PT30M\"},{\"percent\":12.5,\"bake\":\"PT2H\"},{\"percent\":100}],"
                + "\"rollout\":{\"basis_points\":500}}");
        for (String wrong : List.of("--gate speed=1", "--gate receipts=x", "--gate override=much", "--step soon")) {
            assertThat(run(("release --tenant acme gate 1.0 " + wrong).split(" "))).as(wrong).isEqualTo(2);
        }
        assertThat(run("restore", "--tenant", "acme", "gate", "0.9", "--reason", "better")).isZero();
        assertThat(Json.read(body(1)).toString()).isEqualTo("{\"reason\":\"better\"}");
    }

    @Test
    void theStatusIsATableOfReleasedVersions() {
        answers.put("/v1/policy-rollouts", "{\"items\":[" + VERSION.strip().replaceFirst("\\{", "{\"release\":{\"gate\":{\"min_receipts\":200,"
                + "\"max_override_rate\":0.1},\"verdict\":\"failed\",\"breached\":\"override\",\"counts\":{\"receipts\":400,"
                + "\"override\":{\"receipts\":100,\"rate\":0.25},\"block\":{\"receipts\":2,\"rate\":0.005}},"
                + "\"next_step\":{\"percent\":25,\"not_before\":\"2026-01-01T00:30:00Z\"}},") + "],\"unpublished\":{\"failure\":\"disk is full\"}}");
        answers.put("/v1/status", "{\"policies\":{\"unpublished\":[{\"tenant\":\"acme\",\"failure\":\"disk is full\"}],"
                + "\"gates\":{\"blind\":true,\"blind_tenants\":[\"beta\"],\"failure\":\"no database\"}}}");
        assertThat(run("status", "--tenant", "acme")).isZero();
        assertThat(out.toString()).contains("gate    1.0      2.5 % and 1 named  released  400       25 % (most 10 %)  0.5 %  -         "
                + "failed by override  25 % from 2026-01-01T00:30:00Z").contains("not published yet").contains("unpublished tenant: acme disk is full")
                .contains("gates are blind, nothing is halted or promoted by itself: no database\nblind for tenant: beta");
        out.getBuffer().setLength(0);
        assertThat(run("status", "--tenant", "acme", "--json")).isZero();
        assertThat(Json.read(out.toString()).at("/items/0/release/verdict").asText()).isEqualTo("failed");
        assertThat(Json.read(out.toString()).at("/service/gates/blind").asBoolean()).isTrue();
    }

    @Test
    void aDiffIsATableOrAPatch() {
        String patch = "[{\"op\":\"replace\",\"path\":\"/max_findings\",\"value\":4},{\"op\":\"remove\",\"path\":\"/old\"}]";
        answers.put("/v1/policies/gate/diff", patch);
        assertThat(run("diff", "--tenant", "acme", "gate", "1.0", "2.0")).isZero();
        assertThat(out.toString()).contains("replace  /max_findings  4").contains("remove   /old           -");
        assertThat(requests.get(0)).contains("diff?from=1.0&to=2.0");
        out.getBuffer().setLength(0);
        assertThat(run("diff", "--tenant", "acme", "gate", "1.0", "2.0", "--json")).isZero();
        assertThat(Json.read(out.toString())).isEqualTo(Json.read(patch));
    }

    @Test
    void aRefusalIsAFailureWithItsReason() {
        status = 409;
        answers.put("/v1/policies/gate/versions/1.0/approval",
                "{\"detail\":\"who wrote the version cannot approve it\",\"error\":{\"details\":{\"reason\":\"AUTHOR_APPROVES\"}}}");
        assertThat(run("approve", "--tenant", "acme", "gate", "1.0")).isEqualTo(1);
        assertThat(err.toString()).contains("HTTP 409 AUTHOR_APPROVES: who wrote the version cannot approve it");
    }

    private int run(String... arguments) {
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_PRODUCT_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
                "ZEROUI_TENANT_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
                "ZEROUI_ADMIN_KEY", "admin", "ZEROUI_API_KEY", "someone"));
        return new CommandLine(new PolicyCommand(system)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                }).execute(arguments);
    }

    private String body(int request) {
        return requests.get(request).split(" ", 5)[4].replaceFirst("^someone ", "");
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("X-Tenant-Id") + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answers.getOrDefault(exchange.getRequestURI().getPath(), "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
