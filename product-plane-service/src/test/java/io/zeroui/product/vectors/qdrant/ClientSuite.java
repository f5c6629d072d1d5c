package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The suite in {@code src/test/qdrant}, run by Node.js with a version of Qdrant's JavaScript client as npm has it. */
final class ClientSuite {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SUITE = Checkout.root().resolve("product-plane-service/src/test/qdrant");
    private static final String RUNTIME = Checkout.root().resolve("deploy/runtime/runtime.sh").toString();
    private static final int FETCH_SECONDS = 600;
    private static final int RUN_SECONDS = 600;

    private ClientSuite() {
    }

    /**
     * What became of a case.
     *
     * @param name of the case
     * @param error what went wrong; empty where nothing did
     */
    record Result(String name, String error) {
    }

    /**
     * Runs all cases that this version has.
     *
     * @param url where the service is
     * @param keys credentials by the names that the cases use
     * @throws IllegalStateException where the suite itself does not run to its end
     */
    static List<Result> run(String version, String url, Map<String, String> keys) {
        String node = output(List.of(RUNTIME, "which", "node"), Map.of(), FETCH_SECONDS).strip();
        String modules = output(List.of(RUNTIME, "modules", SUITE.toString()), Map.of(), FETCH_SECONDS).strip();
        String lines = output(List.of(node, SUITE.resolve("suite.mjs").toString(), version),
                Map.of("SUITE_URL", url, "SUITE_MODULES", modules, "SUITE_KEYS", JSON.valueToTree(keys).toString()), RUN_SECONDS);
        List<Result> results = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            try {
                JsonNode result = JSON.readTree(line);
                results.add(new Result(result.path("case").asText(), result.path("ok").asBoolean() ? "" : result.path("error").asText("failed")));
            } catch (IOException e) {
                throw new UncheckedIOException(line, e);
            }
        }
        return results;
    }

    private static String output(List<String> command, Map<String, String> variables, int seconds) {
        try {
            Path out = Files.createTempFile("qdrant-suite", ".out");
            Path err = Files.createTempFile("qdrant-suite", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile())
                        .redirectInput(Path.of("/dev/null").toFile());
                builder.environment().putAll(variables);
                Process process = builder.start();
                boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
                if (!ended) {
                    process.destroyForcibly();
                }
                if (!ended || process.exitValue() != 0) {
                    throw new IllegalStateException(command + (ended ? " failed: " : " did not end: ") + Files.readString(err) + Files.readString(out));
                }
                return Files.readString(out, StandardCharsets.UTF_8);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
