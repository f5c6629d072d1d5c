package io.zeroui.cli.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a server that answers as the tenant plane does. */
class ExportCommandTest {

    private static final String ID = "01234567-89ab-4def-8123-456789abcdef";
    private static final byte[] CONTENT = "{\"receipt_id\":\"one\"}\n{\"receipt_id\":\"two\"}\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private HttpServer server;
    private String end = "done";
    private byte[] served = CONTENT;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/evidence/export", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itBeginsFollowsFetchesAndChecks() throws IOException {
        Path file = folder.resolve("r.jsonl");
        assertThat(run("--tenant", "acme", "--out", file.toString(), "--from", "2026-01-01T00:00:00Z", "--status", "hard_block", "--gzip",
                "--filter", "plane=ide")).isZero();

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(out.toString()).contains("r.jsonl  2 receipts, " + CONTENT.length + " bytes, sha256:");
        assertThat(err.toString()).contains("done");
        assertThat(requests.get(0)).startsWith("POST /v1/evidence/export acme null ").contains("\"from\" : \"2026-01-01T00:00:00Z\"",
                "\"status\" : \"hard_block\"", "\"compression\" : \"gzip\"", "\"plane\" : \"ide\"");
        assertThat(requests).last().asString().startsWith("GET /v1/evidence/export/" + ID + "/file acme null");
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void anInterruptedFetchGoesOnWhereItEnded() throws IOException {
        Path file = folder.resolve("r.jsonl");
        Files.write(folder.resolve("r.jsonl." + ID + ".part"), Arrays.copyOf(CONTENT, 10));
        assertThat(run("--tenant", "acme", "--out", file.toString(), "--id", ID, "--json")).isZero();

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(requests).last().asString().endsWith("acme bytes=10- ");
        assertThat(requests).noneMatch(request -> request.startsWith("POST"));
        assertThat(Json.read(out.toString()).path("file").asText()).isEqualTo(file.toString());
    }

    @Test
    void aFileWithAnotherHashIsNotKept() {
        served = new String(CONTENT, StandardCharsets.UTF_8).replace("two", "too").getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("r.jsonl");
        assertThatThrownBy(() -> run("--tenant", "acme", "--out", file.toString())).isInstanceOf(CliFailure.class)
                .hasMessageContaining("SHA-256");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anExportThatFailsIsAFailureWithItsReason() {
        end = "failed";
        assertThatThrownBy(() -> run("--tenant", "acme", "--out", folder.resolve("x").toString())).isInstanceOf(CliFailure.class)
                .hasMessageContaining("is failed: the stored line of receipt r does not have its hash");
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("r.jsonl"), "mine");
        assertThatThrownBy(() -> run("--tenant", "acme", "--out", file.toString())).isInstanceOf(CliFailure.class);
        assertThat(file).hasContent("mine");
        assertThat(requests).isEmpty();
    }

    private int run(String... arguments) {
        ExportCommand command = new ExportCommand();
        CommandLine line = new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        line.parseArgs(arguments);
        return command.export(RunningSystem.of(Map.of("ZEROUI_TENANT_URL", "http://127.0.0.1:" + server.getAddress().getPort())));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("X-Tenant-Id")
                + " " + range + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (exchange.getRequestURI().getPath().endsWith("/file")) {
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(served, from, served.length));
        } else if (exchange.getRequestMethod().equals("POST")) {
            send(exchange, 202, ("{\"export_id\":\"" + ID + "\",\"state\":\"queued\"}").getBytes(StandardCharsets.UTF_8));
        } else {
            String state = looks.incrementAndGet() < 2 ? "running" : end;
            send(exchange, 200, """
                    {"export_id":"%s","state":"%s","progress":{"rows_written":2,"rows_expected":2,"percent":99},"rows":2,"bytes":%d,
                     "sha256":"%s","detail":"the stored line of receipt r does not have its hash"}
                    """.formatted(ID, state, CONTENT.length, Hash.of(CONTENT).prefixed()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
