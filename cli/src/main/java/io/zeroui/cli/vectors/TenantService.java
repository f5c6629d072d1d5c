package io.zeroui.cli.vectors;

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
import org.jspecify.annotations.Nullable;

/** What one plane has of one tenant, over HTTP. */
final class TenantService {

    private static final String TENANT = "X-Tenant-Id";

    private final ServiceClient client;
    private final Plane plane;
    private final String tenant;

    private TenantService(RunningSystem system, Plane plane, String tenant) {
        this.client = new ServiceClient(system);
        this.plane = plane;
        this.tenant = tenant;
    }

    /** That of the tenant which an option names, in a system that is given or else runs here. */
    static TenantService of(@Nullable RunningSystem given, Plane plane, TenantOption option) {
        return new TenantService(given == null ? RunningSystem.fromEnvironment() : given, plane, option.tenant);
    }

    JsonNode get(String path) {
        return require(client.get(plane, path, TENANT, tenant));
    }

    JsonNode post(String path, ObjectNode wish) {
        return require(client.post(plane, path, bytes(wish), TENANT, tenant));
    }

    /** Sets something, which may take minutes. */
    JsonNode put(String path, ObjectNode wish) {
        return require(client.putSlowly(plane, path, bytes(wish), TENANT, tenant));
    }

    JsonNode delete(String path) {
        return require(client.delete(plane, path, TENANT, tenant));
    }

    /** A text in a path or query. */
    static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] bytes(ObjectNode wish) {
        return Json.write(wish).getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the " + plane.key() + " plane refuses with " + answer.problem(), "what the service says of itself is in ./zeroui logs "
                    + plane.key());
        }
        return answer.body();
    }
}
