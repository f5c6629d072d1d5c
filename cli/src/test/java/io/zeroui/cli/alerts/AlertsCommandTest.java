package io.zeroui.cli.alerts;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command against a server that answers as the shared plane does. */
class AlertsCommandTest {

    private static final String ALERT = "{\"rule\":\"disk-%1$s\",\"severity\":\"%1$s\",\"state\":\"%2$s\",\"plane\":\"tenant\",\"instance\":\"host-1\","
            + "\"since\":\"2026-11-22T10:00:00Z\",\"seen_at\":\"2026-11-22T10:05:00Z\",\"figure\":0.8123456,\"threshold\":0.8}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
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

    @ParameterizedTest
    @CsvSource({"warning, firing, 3", "critical, firing, 4", "critical, pending, 0", "critical, resolved, 0"})
    void theExitCodeSaysWhatFires(String severity, String state, int code) {
        answers.add("{\"alerts\":[" + ALERT.formatted(severity, state) + "]}");
        assertThat(run("--all")).isEqualTo(code);
        assertThat(out.toString()).contains("STATE").contains(state).contains("disk-" + severity).contains("0.8123  0.8");
        assertThat(requests).containsExactly("/v1/alerts?limit=1000");
    }

    @Test
    void theWorstOfAllPagesCounts() {
        answers.add("{\"alerts\":[" + ALERT.formatted("critical", "firing") + "],\"next_cursor\":\"abc\"}");
        answers.add("{\"alerts\":[" + ALERT.formatted("warning", "firing") + "]}");
        assertThat(run("--plane", "tenant", "--json")).isEqualTo(4);
        assertThat(Json.read(out.toString()).path("alerts")).hasSize(2);
        assertThat(requests).containsExactly("/v1/alerts?limit=1000&plane=tenant&state=firing",
                "/v1/alerts?limit=1000&plane=tenant&state=firing&cursor=abc");
    }

    @Test
    void nothingFiresIsCodeZeroAndNoAnswerIsCodeOne() {
        answers.add("{\"alerts\":[]}");
        assertThat(run()).isZero();
        assertThat(out.toString()).isEqualTo("nothing is the matter\n");
        status = 503;
        answers.add("{\"detail\":\"away\",\"error\":{\"code\":\"DEPENDENCY_UNAVAILABLE\"}}");
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains("the shared plane refuses with HTTP 503 DEPENDENCY_UNAVAILABLE: away");
    }

    @Test
    void historyAndRulesAreTables() {
        answers.add("{\"transitions\":[{\"at\":\"2026-11-22T10:00:00Z\",\"rule\":\"disk-warning\",\"plane\":\"ide\",\"instance\":\"h\",\"from_state\":\"pending\","
                + "\"to_state\":\"firing\",\"figure\":21600,\"threshold\":7200}]}");
        answers.add("{\"rules\":[{\"rule\":\"disk-warning\",\"planes\":[\"ide\",\"shared\"],\"threshold\":0.8,\"unit\":\"ratio\",\"hold_seconds\":300,"
                + "\"summary\":\"The disk is full\"}]}");
        assertThat(run("history", "--since", "2026-11-01T00:00:00+01:00", "--rule", "disk-warning", "--limit", "5")).isZero();
        assertThat(run("rules")).isZero();
        assertThat(out.toString()).contains("pending  firing  21600   7200").contains("ide,shared  0.8        ratio  300 s  The disk is full");
        assertThat(requests).containsExactly("/v1/alerts/history?limit=5&since=2026-11-01T00%3A00%3A00%2B01%3A00&rule=disk-warning", "/v1/alerts/rules");
        assertThat(run("history", "--limit", "0")).isEqualTo(2);
    }

    private int run(String... arguments) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_SHARED_URL", url, "ZEROUI_ADMIN_KEY", "admin"));
        return new CommandLine(new AlertsCommand(system)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    failed.getErr().println(failure.getMessage());
                    return 1;
                }).execute(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().toString());
        byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
