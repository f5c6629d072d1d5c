package io.zeroui.cli.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The registry over HTTP. */
final class Registry {

    private static final String ROOT = "/v1/providers/";

    private final ServiceClient client;

    Registry(RunningSystem system) {
        this.client = new ServiceClient(system);
    }

    JsonNode get(String path) {
        return require(client.get(Plane.SHARED, ROOT + path));
    }

    JsonNode post(String path, ObjectNode wish) {
        return require(client.post(Plane.SHARED, ROOT + path, bytes(wish)));
    }

    JsonNode put(String path, ObjectNode wish) {
        return require(client.put(Plane.SHARED, ROOT + path, bytes(wish)));
    }

    JsonNode delete(String path) {
        return require(client.delete(Plane.SHARED, ROOT + path));
    }

    /** A text in a query. */
    static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] bytes(ObjectNode wish) {
        return Json.write(wish).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the shared plane refuses with " + answer.problem(), "what the service says of itself is in ./zeroui logs shared");
        }
        return answer.body();
    }
}
