package io.zeroui.cli.evaluations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Progress;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;

/** The shared plane's evaluations over HTTP. */
final class EvaluationClient {

    private static final String ROOT = "/v1/evaluations/";
    private static final long LOOK_MILLIS = 500;

    private final ServiceClient client;

    EvaluationClient(RunningSystem system) {
        this.client = new ServiceClient(system);
    }

    /** A path below the evaluations, with parameters that are not empty. */
    static String path(String path, Map<String, String> parameters) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.add(name + "=" + text(value));
            }
        });
        return ROOT + path + query;
    }

    /** A text in a path or query. */
    static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return require(client.get(Plane.SHARED, path));
    }

    JsonNode post(String path, ObjectNode wish) {
        return require(client.post(Plane.SHARED, path, Json.write(wish).getBytes(StandardCharsets.UTF_8)));
    }

    JsonNode put(String path, String contentType, Path file) {
        return require(client.sendFile(Plane.SHARED, "PUT", path, contentType, file));
    }

    /** Sends a result file and waits until it is a run, or refused. */
    JsonNode bring(String path, Path file, Progress progress) {
        JsonNode state = require(client.sendFile(Plane.SHARED, "POST", path, "application/octet-stream", file));
        String id = state.path("import_id").asText();
        while (!state.path("state").asText().equals("done")) {
            if (state.path("state").asText().equals("refused")) {
                throw new CliFailure("the file is refused: " + state.path("problem").asText(), "mend what it says, and send the file again");
            }
            progress.show(state.path("state").asText() + ", " + state.path("results").asLong() + " results");
            pause();
            state = get(path("imports/" + text(id), Map.of()));
        }
        progress.done("done, " + state.path("results").asLong() + " results");
        return state;
    }

    void download(String path, Path file) {
        if (Files.exists(file)) {
            throw new CliFailure(file + " is there already", "name another file with --out");
        }
        client.download(Plane.SHARED, path, file, "\"\"");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure("interrupted", "run it again; the same run is recorded once");
        }
    }

    private static JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the shared plane refuses with " + answer.problem(), "what the service says of itself is in ./zeroui logs shared");
        }
        return answer.body();
    }
}
