package io.zeroui.cli.attestations;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The attestations of the shared plane, over HTTP. */
final class AttestationService {

    private static final String PATH = "/v1/attestations";

    private final ServiceClient client;

    AttestationService(RunningSystem system) {
        this.client = new ServiceClient(system);
    }

    JsonNode get(String path) {
        return require(client.get(Plane.SHARED, PATH + path));
    }

    JsonNode post(String path, byte[] document) {
        return require(client.post(Plane.SHARED, PATH + path, document));
    }

    JsonNode put(String path, byte[] document) {
        return require(client.put(Plane.SHARED, PATH + path, document));
    }

    /** A text in a path or query. */
    static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the shared plane refuses with " + answer.problem(), "what the service says of itself is in ./zeroui logs shared");
        }
        return answer.body();
    }
}
