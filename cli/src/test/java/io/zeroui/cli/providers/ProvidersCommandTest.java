package io.zeroui.cli.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.rulings.names.NamespaceProof;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
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

/** The commands against a server that answers as the shared plane does. */
class ProvidersCommandTest {

    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String answer = "{}";
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
    void aNamespaceIsProvenWithAKeyThatStaysHere() throws IOException {
        status = 204;
        Path key = Files.writeString(folder.resolve("key.pem"), KEYS.privateKey().toPem());
        assertThat(run("grant", "acme", "--key", key.toString(), "--reason", "ours")).isZero();
        JsonNode wish = Json.read(bodies.get(0));
        assertThat(new NamespaceProof("zeroui", "acme", KEYS.publicKey()).isSignedBy(KEYS.publicKey(), wish.path("proof").asText())).isTrue();
        assertThat(bodies.get(0)).doesNotContain("PRIVATE");
        assertThat(run("grant", "Not A Name", "--key", key.toString(), "--reason", "x")).isEqualTo(2);
        assertThat(run("grant", "acme", "--key", folder.resolve("none").toString(), "--reason", "x")).isEqualTo(1);
    }

    @Test
    void aDocumentIsSignedAndRegistered() throws IOException {
        answer = "{\"name\":\"acme\",\"version\":\"1\"}";
        Path key = Files.writeString(folder.resolve("key.pem"), KEYS.privateKey().toPem());
        Path file = Files.writeString(folder.resolve("acme.json"), "{\"kind\":\"provider\",\"name\":\"acme\",\"version\":\"1\",\"offers\":\"llm\"}");
        assertThat(run("register", file.toString(), "--key", key.toString())).isZero();
        assertThat(Json.read(bodies.get(0)).path("signature").asText()).startsWith("sig-ed25519:");
        assertThat(out.toString()).isEqualTo("acme@1 is registered\n");
        Files.writeString(file, "none");
        assertThat(run("register", file.toString())).isEqualTo(1);
    }

    @Test
    void aDecisionIsASentenceAndAnExitCode() {
        answer = "{\"allowed\":true,\"ground\":\"allow-rule\",\"rule\":\"open@2\",\"scope\":\"tenant\",\"model\":\"acme/chat@1\",\"adapter\":\"acme/bridge@1\"}";
        assertThat(run("decide", "acme/chat", "--category", "internal", "--region", "eu-1", "--adapter", "acme/bridge")).isZero();
        assertThat(out.toString()).isEqualTo("allowed: allow-rule open@2 of the tenant (acme/chat@1 through acme/bridge@1)\n");
        answer = "{\"allowed\":false,\"ground\":\"unknown-model\"}";
        assertThat(run("decide", "acme/none", "--category", "internal", "--region", "eu-1", "--adapter", "acme/bridge", "--json")).isEqualTo(1);
        assertThat(Json.read(bodies.get(1)).path("tenant").asText()).isEqualTo("local");
    }

    @Test
    void rulesAreSetListedAndRemoved() {
        answer = "{\"id\":\"open\",\"version\":3}";
        assertThat(run("deny", "open", "--model", "acme/*", "--category", "restricted", "--except", "one", "--except", "two", "--reason", "r")).isZero();
        assertThat(Json.read(bodies.get(0))).isEqualTo(Json.read(
                "{\"effect\":\"deny\",\"model\":\"acme/*\",\"reason\":\"r\",\"except\":[\"one\",\"two\"],\"categories\":[\"restricted\"]}"));
        answer = "{\"items\":[{\"rule\":{\"id\":\"open\",\"version\":3,\"effect\":\"deny\",\"model\":\"acme/*\",\"model_versions\":\">=1\",\"adapter\":\"*\"},"
                + "\"reason\":\"r\"}],\"next\":\"open\"}";
        assertThat(run("rules", "--tenant", "a b")).isZero();
        assertThat(out.toString()).contains("open@3").contains("organisation").contains("acme/* >=1").contains("more: --after open");
        status = 204;
        assertThat(run("remove", "open", "--reason", "not needed")).isZero();
        assertThat(requests).containsExactly("PUT /v1/providers/rules/open", "GET /v1/providers/rules?limit=100&tenant=a%20b",
                "DELETE /v1/providers/rules/open?reason=not%20needed");
    }

    @Test
    void aRefusalIsSaid() {
        status = 409;
        answer = "{\"title\":\"no\",\"detail\":\"acme/chat is revoked, and that is for ever\"}";
        assertThat(run("revoke", "model", "acme/chat@1.0", "--reason", "leaks")).isEqualTo(1);
        assertThat(Json.read(bodies.get(0)).path("version").asText()).isEqualTo("1.0");
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
        if (status != 204) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private int run(String... arguments) {
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_SHARED_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "ZEROUI_API_KEY", "someone"));
        CommandLine line = new CommandLine(new ProvidersCommand(system));
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
