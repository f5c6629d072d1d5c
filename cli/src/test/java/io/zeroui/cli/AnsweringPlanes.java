package io.zeroui.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zeroui.cli.system.RunningSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import picocli.CommandLine;

/** Planes that answer as a test says, and what a command printed of it. */
public final class AnsweringPlanes implements BeforeEachCallback, AfterEachCallback {

    /** Each as method, path with query, tenant, {@code Authorization} and body, with blanks between them. */
    public final List<String> requests = new CopyOnWriteArrayList<>();
    /** By their path; {@code {}} for others. */
    public final Map<String, String> answers = new ConcurrentHashMap<>();
    /** What commands printed. */
    public final StringWriter out = new StringWriter();
    /** What they said of failures. */
    public final StringWriter err = new StringWriter();
    /** Of every answer. */
    public volatile int status = 200;

    private HttpServer server;

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/", this::answer);
        server.start();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        server.stop(0);
    }

    /** A system in which all of these are. */
    public RunningSystem system() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return RunningSystem.of(Map.of("ZEROUI_PRODUCT_URL", url, "ZEROUI_TENANT_URL", url, "ZEROUI_ADMIN_KEY", "admin", "ZEROUI_API_KEY", "someone"));
    }

    /** Runs a command; its exit code, 1 for a failure. */
    public int run(Object command, String... arguments) {
        return new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                }).execute(arguments);
    }

    /** The body of a request, by its number from 0. */
    public String body(int request) {
        return requests.get(request).split(" ", 6)[5];
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
