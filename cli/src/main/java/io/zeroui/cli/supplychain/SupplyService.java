package io.zeroui.cli.supplychain;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The shared plane's bills of materials over HTTP. */
final class SupplyService {

    private final ServiceClient client;

    SupplyService(RunningSystem system) {
        this.client = new ServiceClient(system);
    }

    JsonNode get(String path) {
        return require(client.get(Plane.SHARED, path));
    }

    /** Sends a file; its answer. */
    JsonNode send(String path, Path file, String mediaType) {
        if (!Files.isReadable(file)) {
            throw new CliFailure("cannot read " + file, "name a file that is there");
        }
        return require(client.postFile(Plane.SHARED, path, file, "Content-Type", mediaType));
    }

    /** Fetches a file whose SHA-256 is its name. */
    void download(String path, Path out, String digest) {
        client.download(Plane.SHARED, path, out, "\"" + digest + "\"");
    }

    /** A text in a path or query. */
    static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code &name=value}; nothing where there is no value. */
    static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + text(value);
    }

    private static JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the shared plane refuses with " + answer.problem(), "what the service says of itself is in ./zeroui logs shared");
        }
        return answer.body();
    }
}
