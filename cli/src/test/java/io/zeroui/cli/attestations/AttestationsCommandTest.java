package io.zeroui.cli.attestations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands: those that verify a file on their own, and those that ask a server that answers as the plane does. */
class AttestationsCommandTest {

    private static final Path SAMPLES = Path.of("../common-contracts/src/test/resources/attestation");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "ab".repeat(32);
    private static final String ONE = "{\"id\":\"" + ID + "\",\"verified\":false,\"trust_version\":3,\"form\":\"dsse\","
            + "\"result\":{\"verified\":false,\"signers\":[],\"reasons\":[{\"reason\":\"unknown_key\",\"detail\":\"a \\u001b[31mkey\"}]}}";

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            boolean pages = exchange.getRequestURI().toString().contains("?limit");
            byte[] body = (pages ? "{\"items\":[" + ONE + "],\"next_cursor\":\"7\"}" : ONE).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsVerifiedWithoutAnyPlane() throws IOException {
        assertThat(run("verify", sample("sigstore-java-2.0.0.pom.sigstore.json"), "--trust", trust(), "--artifact", sample("sigstore-java-2.0.0.pom")))
                .isZero();
        assertThat(out.toString()).startsWith("verified     yes\nsigned by    https://github.com/sigstore/sigstore-java/")
                .contains("signed at    2025-11-20T20:45:22Z");
        assertThat(requests).isEmpty();
    }

    @Test
    void whatIsNotVerifiedIsToldWithEveryReasonAndExitCodeOne() throws IOException {
        assertThat(run("verify", sample("sigstore-java-2.0.0.pom.sigstore.json"), "--trust", trust(), "--artifact", sample("sigstore-java-0.11.0.pom")))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("verified     NO\nrefused      subject_mismatch: ");
        out.getBuffer().setLength(0);
        Path other = Files.writeString(folder.resolve("other.json"), "{\"what\":1}");
        assertThat(run("verify", other.toString(), "--trust", trust(), "--json")).isEqualTo(1);
        assertThat(Json.read(out.toString()).at("/reasons/0/reason").asText()).isEqualTo("unknown_media_type");
    }

    @Test
    void theOthersAskThePlane() throws IOException {
        Path file = Files.writeString(folder.resolve("a b.json"), "{}");
        assertThat(run("add", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("verified     NO, under trust root 3").contains("unknown_key: a  [31mkey").doesNotContain("\u001b");
        assertThat(run("list", "--subject", "sha256:00", "--verified", "false")).isZero();
        assertThat(out.toString()).contains("more: --cursor 7");
        assertThat(run("link", ID, "sha256:00", "adapter:a@1")).isZero();
        assertThat(run("trust", "set", file.toString(), "--note", "a reason")).isZero();
        assertThat(requests).containsExactly("POST /v1/attestations", "GET /v1/attestations?limit=50&subject=sha256%3A00&verified=false",
                "POST /v1/attestations/" + ID + "/links", "PUT /v1/attestations/trust?note=a%20reason");
        assertThat(run("trust")).isEqualTo(2);
    }

    private String trust() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.set("sigstore", JSON.readTree(Files.readAllBytes(SAMPLES.resolve("public-good-2025.json"))));
        root.putArray("identities").addObject().put("name", "https://github.com/sigstore/sigstore-java/*")
                .put("issuer", "https://token.actions.githubusercontent.com");
        return Files.writeString(folder.resolve("trust.json"), root.toString()).toString();
    }

    private static String sample(String name) {
        return SAMPLES.resolve(name).toString();
    }

    private int run(String... arguments) {
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_SHARED_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "ZEROUI_ADMIN_KEY",
                "admin", "ZEROUI_API_KEY", "someone"));
        return new CommandLine(new AttestationsCommand(system)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
