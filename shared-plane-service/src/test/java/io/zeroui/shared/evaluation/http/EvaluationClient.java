package io.zeroui.shared.evaluation.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;

/** Asks the shared plane about evaluations, as a client does. */
final class EvaluationClient {

    static final String DIGEST = "sha256:" + "ab".repeat(32);
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROOT = "/v1/evaluations/";

    private EvaluationClient() {
    }

    static ValidatableResponse get(String path, Object... parameters) {
        return given().get(ROOT + path, parameters).then();
    }

    static ValidatableResponse putLines(String dataset, String lines) {
        return given().contentType("application/x-ndjson").body(lines.getBytes(StandardCharsets.UTF_8)).put(ROOT + "datasets/" + dataset).then();
    }

    static ValidatableResponse put(String path, String json) {
        return given().contentType("application/json").body(json).put(ROOT + path).then();
    }

    static ValidatableResponse post(String path, String json) {
        return given().contentType("application/json").body(json).post(ROOT + path).then();
    }

    /** A suite with the one grader {@code match}, and without a dataset. */
    static void suite(String name) {
        put("suites/" + name, "{\"graders\":[{\"name\":\"match\",\"kind\":\"exact\"}]}").statusCode(200);
    }

    static Response send(Map<String, ?> parameters, byte[] file) {
        return given().queryParams(parameters).contentType("application/octet-stream").body(file).post(ROOT + "imports");
    }

    /** Sends a file and waits until it is brought in or refused. */
    static Response imported(Map<String, ?> parameters, byte[] file) {
        Response begun = send(parameters, file);
        assertThat(begun.statusCode()).as(begun.asString()).isEqualTo(202);
        AtomicReference<Response> last = new AtomicReference<>(begun);
        await().atMost(PATIENCE).until(() -> {
            last.set(given().get(begun.header("Location")));
            return last.get().path("state").equals("done") || last.get().path("state").equals("refused");
        });
        return last.get();
    }

    /** Brings lines in as a run of a suite without a dataset; its id. */
    static String run(String suite, String model, String lines) {
        Response done = imported(Map.of("format", "jsonl", "suite", suite, "code_digest", COMMIT, "model", model, "model_digest", DIGEST, "dataset_digest",
                DIGEST), lines.getBytes(StandardCharsets.UTF_8));
        assertThat(done.<String> path("state")).as(done.asString()).isEqualTo("done");
        return done.path("run");
    }

    /** A number of whatever type the JSON reader made of it. */
    static Matcher<Number> near(double expected, double error) {
        return new FeatureMatcher<>(closeTo(expected, error), "a number", "number") {
            @Override
            protected Double featureValueOf(Number actual) {
                return actual.doubleValue();
            }
        };
    }

    static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(EvaluationClient.class.getResourceAsStream("/evaluations/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
