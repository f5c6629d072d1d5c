package io.zeroui.cli.evaluations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zeroui.cli.system.RunningSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a server that answers as the shared plane does. */
class EvaluationsCommandTest {

    private static final String ID = "019aa000-0000-7000-8000-000000000001";
    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final String RECORD = "{\"run_id\":\"" + RUN + "\",\"recorded_at\":\"2026-01-02T00:00:00Z\",\"facts\":{\"suite\":\"capitals\",\"suite_version\":2,"
            + "\"model\":\"vendor/model\",\"counts\":{\"items\":3,\"results\":6,\"errors\":0},\"source\":{\"format\":\"promptfoo\"},"
            + "\"scores\":[{\"name\":\"match\",\"items\":3,\"mean\":0.75,\"low\":0.5,\"high\":1.0}]}}";

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<String>> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/evaluations/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsSentAndWaitedForUntilItIsARun() throws IOException {
        Path file = Files.writeString(folder.resolve("results.json"), "{}");
        answer("imports", "{\"import_id\":\"" + ID + "\",\"state\":\"waiting\"}");
        answer("imports/" + ID, "{\"import_id\":\"" + ID + "\",\"state\":\"reading\",\"results\":4}");
        answer("imports/" + ID, "{\"state\":\"done\",\"results\":6,\"run\":\"" + RUN + "\"}");
        answer("runs/" + RUN, RECORD);

        assertThat(run("import", file.toString(), "--format", "promptfoo", "--suite", "capitals", "--code", "abc", "--model-digest", "d", "--variant",
                "echo / short")).isZero();

        assertThat(requests.get(0)).startsWith("POST /v1/evaluations/imports?format=promptfoo&suite=capitals&code_digest=abc&model_digest=d&variant=echo%20%2F%20short ")
                .endsWith("application/octet-stream {}");
        assertThat(out.toString()).contains(RUN + " of capitals version 2, vendor/model").contains("match  3      0.7500  (0.5000 to 1.000)  -");
    }

    @Test
    void aRefusedFileSaysWhy() throws IOException {
        Path file = Files.writeString(folder.resolve("results.json"), "{}");
        answer("imports", "{\"import_id\":\"" + ID + "\",\"state\":\"refused\",\"problem\":\"line 7: this is not JSON\"}");

        assertThat(run("import", file.toString(), "--format", "jsonl", "--suite", "s", "--code", "c", "--model-digest", "d")).isEqualTo(1);
        assertThat(run("import", folder.resolve("none").toString(), "--format", "jsonl", "--suite", "s", "--code", "c", "--model-digest", "d")).isEqualTo(1);

        assertThat(err.toString()).contains("the file is refused: line 7: this is not JSON").contains("cannot read " + folder.resolve("none"));
    }

    @Test
    void aComparisonIsATableRegressionsFirst() {
        answer("comparison", "{\"score\":\"match\",\"difference\":{\"items\":2,\"mean\":-0.5,\"low\":-6.85,\"high\":5.85},\"counts\":{\"regressed\":1,\"worse\":0,"
                + "\"unchanged\":1},\"items\":[{\"item\":\"b\\u001b[31m\",\"change\":\"regressed\",\"baseline\":1,\"candidate\":0,\"difference\":-1}],\"next\":\"b\"}");

        assertThat(run("compare", "x", "y", "--score", "match", "--limit", "1")).isZero();

        assertThat(out.toString()).contains("match differs by -0.5000 (-6.850 to 5.850) over 2 common items").contains("1 regressed, 1 unchanged")
                .contains("b [31m  regressed  1.000     0.000      -1.000").contains("more: --after b").doesNotContain("\u001b");
    }

    @Test
    void aGateThatIsNotPassedIsExitCodeOne() {
        String verdict = "{\"gate\":\"next-ring\",\"subject_kind\":\"policy\",\"subject_id\":\"licences\",\"subject_version\":\"1.1\",\"passed\":%s,"
                + "\"expires_at\":\"2026-02-01T00:00:00Z\",\"reasons\":[{\"met\":%s,\"text\":\"0 of 2 items regressed\"}]}";
        answer("gates/next-ring/verdicts", verdict.formatted("false", "false"));
        answer("gates/next-ring/verdicts", verdict.formatted("true", "true"));
        String[] asked = {"decide", "next-ring", "--run", RUN, "--baseline", "b", "--kind", "policy", "--id", "licences", "--subject-version", "1.1"};

        assertThat(run(asked)).isEqualTo(1);
        assertThat(run(asked)).isZero();

        assertThat(out.toString()).contains("policy licences 1.1 does not pass next-ring, until 2026-02-01T00:00:00Z\n  not met  0 of 2 items regressed")
                .contains("policy licences 1.1 passes next-ring");
        assertThat(requests.get(0)).contains("\"subject\" : {").contains("\"baseline\" : \"b\"");
    }

    @Test
    void anExportIsWrittenToAFileThatIsNotThereYet() throws IOException {
        answer("runs/" + RUN + "/export", "{\"item\":\"a\"}");
        Path file = folder.resolve("run.jsonl");

        assertThat(run("export", RUN, "--out", file.toString())).isZero();
        assertThat(run("export", RUN, "--out", file.toString())).isEqualTo(1);

        assertThat(file).hasContent("{\"item\":\"a\"}");
        assertThat(err.toString()).contains(file + " is there already");
    }

    @Test
    void aRefusalIsOneClearLine() throws IOException {
        status = 400;
        answer("datasets/capitals", "{\"detail\":\"line 1, /input: tenants' data must not be in a fixture\",\"error\":{\"code\":\"VALIDATION_ERROR\"}}");
        Path file = Files.writeString(folder.resolve("fixtures.jsonl"), "{}");

        assertThat(run("dataset", "capitals", file.toString(), "--description", "of countries")).isEqualTo(1);

        assertThat(err.toString()).contains("the shared plane refuses with HTTP 400 VALIDATION_ERROR: line 1, /input: tenants' data must not be in a fixture");
        assertThat(requests.get(0)).startsWith("PUT /v1/evaluations/datasets/capitals?description=of%20countries ");
    }

    private void answer(String path, String body) {
        answers.computeIfAbsent("/v1/evaluations/" + path, none -> new ArrayDeque<>()).add(body);
    }

    private int run(String... arguments) {
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_SHARED_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "ZEROUI_ADMIN_KEY", "admin"));
        return new CommandLine(new EvaluationsCommand(system)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    failed.getErr().println(failure.getMessage());
                    return 1;
                }).execute(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Queue<String> waiting = answers.getOrDefault(exchange.getRequestURI().getPath(), new ArrayDeque<>());
        String text = waiting.size() > 1 ? waiting.poll() : waiting.peek();
        byte[] body = (text == null ? "{}" : text).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
