package io.zeroui.cli.supplychain;

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

/** The commands against a server that answers as the shared plane does. */
class SbomCommandTest {

    private static final String DIGEST = "ab".repeat(32);
    private static final String SBOM = "{\"digest\":\"" + DIGEST + "\",\"project\":\"shop\",\"release\":\"1.2\",\"format\":\"cyclonedx-json\",\"spec_version\":\"1.6\","
            + "\"components\":3,\"dependencies\":2,\"added_at\":\"2026-01-02T00:00:00Z\",\"findings\":[\"there is a cycle\"]}";

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
    void aDocumentIsSentAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\"}");
        answers.put("/v1/sboms", "{\"job_id\":\"j\",\"state\":\"done\",\"is_new\":false,\"sbom\":" + SBOM + "}");
        assertThat(sbom("add", file.toString(), "--project", "my shop")).isZero();
        assertThat(requests.get(0)).isEqualTo("POST /v1/sboms?&project=my%20shop Bearer someone {\"bomFormat\":\"CycloneDX\"}");
        assertThat(out.toString()).contains(DIGEST, "shop@1.2, cyclonedx-json 1.6, 3 components, 2 dependencies", "there is a cycle", "it was there before");
        answers.put("/v1/sboms", "{\"job_id\":\"j7\",\"state\":\"reading\"}");
        assertThat(sbom("add", file.toString())).isZero();
        assertThat(out.toString()).contains("job j7 is reading; see sbom job j7");
        assertThat(sbom("add", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot read");
    }

    @Test
    void placesAndChangesAreTables() {
        answers.put("/v1/components/where", "{\"items\":[{\"component\":{\"purl\":\"pkg:npm/a@1\"},\"sbom\":" + SBOM
                + ",\"path\":[\"pkg:npm/shop@1.2\",\"pkg:npm/a@1\"]}],\"count\":7,\"count_is_lower_bound\":false,\"next_cursor\":\"c9\"}");
        assertThat(sbom("where", "--purl", "pkg:npm/a", "--from", "1.0", "--count", "--limit", "1")).isZero();
        assertThat(requests.get(0)).startsWith("GET /v1/components/where?limit=1&purl=pkg%3Anpm%2Fa&from=1.0&count=true ");
        assertThat(out.toString()).contains("pkg:npm/a@1  shop@1.2  abababababab  pkg:npm/shop@1.2 > pkg:npm/a@1", "7 places", "more: --cursor c9");
        answers.put("/v1/sboms/diff", "{\"items\":[{\"coordinate\":\"pkg:npm/a\",\"change\":\"version_changed\",\"versions_before\":[\"1\"],\"versions_after\":[\"2\"]},"
                + "{\"coordinate\":\"pkg:npm/b\",\"change\":\"licence_changed\",\"licences_before\":[\"MIT\"],\"licences_after\":[\"BUSL-1.1\"]}]}");
        assertThat(sbom("diff", "shop@1", "shop@2")).isZero();
        assertThat(out.toString()).contains("version_changed  pkg:npm/a  1       2", "licence_changed  pkg:npm/b  MIT     BUSL-1.1");
        answers.put("/v1/sboms/diff", "{\"items\":[]}");
        assertThat(sbom("diff", "shop@1", "shop@1", "--change", "added")).isZero();
        assertThat(out.toString()).contains("nothing changed");
    }

    @Test
    void aDocumentIsFoundByNameAndShown() {
        answers.put("/v1/sboms/newest", SBOM);
        answers.put("/v1/sboms/" + DIGEST + "/paths", "{\"ways\":[[\"a\",\"b\"]],\"complete\":false}");
        answers.put("/v1/vex/findings", "{\"items\":[{\"purl\":\"pkg:npm/a@1\",\"statement\":{\"status\":\"affected\",\"vulnerability\":\"CVE-1\",\"author\":\"al\\u001bice\"}}]}");
        assertThat(sbom("paths", "shop", "pkg:npm/b")).isZero();
        assertThat(sbom("vex", "findings", "shop", "--status", "affected")).isZero();
        assertThat(requests.get(0)).startsWith("GET /v1/sboms/newest?of=shop ");
        assertThat(out.toString()).contains("a > b", "there are more", "affected  CVE-1          pkg:npm/a@1  al ice  -").doesNotContain("\u001b");
        status = 404;
        answers.put("/v1/sboms/newest", "{\"detail\":\"There is none\",\"error\":{\"code\":\"RESOURCE_NOT_FOUND\"}}");
        assertThat(sbom("show", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("the shared plane refuses with HTTP 404 RESOURCE_NOT_FOUND: There is none");
    }

    @Test
    void whatIsStoredIsFetchedByItsDigest() throws IOException {
        answers.put("/v1/sboms/" + DIGEST, SBOM);
        answers.put("/v1/sboms/" + DIGEST + "/document", "content");
        Path file = folder.resolve("out.json");
        assertThat(sbom("export", DIGEST, "--out", file.toString())).isZero();
        assertThat(file).hasContent("content");
        assertThat(sbom("show", DIGEST, "--json")).isZero();
        assertThat(out.toString()).contains(file + " has " + DIGEST);
        assertThat(Json.read(SBOM).path("project").asText()).isEqualTo("shop");
    }

    private int sbom(String... arguments) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_SHARED_URL", url, "ZEROUI_ADMIN_KEY", "admin", "ZEROUI_API_KEY", "someone"));
        return new CommandLine(new SbomCommand(system)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    failed.getErr().println(failure.getMessage());
                    return 1;
                }).execute(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answers.getOrDefault(exchange.getRequestURI().getPath(), "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
