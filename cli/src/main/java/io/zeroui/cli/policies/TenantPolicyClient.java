package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.nio.charset.StandardCharsets;

/** One tenant's mirror of its policies in the tenant plane over HTTP. */
final class TenantPolicyClient {

    private static final String POLICY = "/v1/policy";
    private static final String TENANT = "X-Tenant-Id";

    private final ServiceClient client;
    private final String tenant;

    TenantPolicyClient(RunningSystem system, String tenant) {
        this.client = new ServiceClient(system);
        this.tenant = tenant;
    }

    /** What is at a path. */
    JsonNode get(String path) {
        return require(client.get(Plane.TENANT, POLICY + path, TENANT, tenant));
    }

    /** Sets something. */
    JsonNode put(String path, ObjectNode wish) {
        return require(client.put(Plane.TENANT, POLICY + path, bytes(wish), TENANT, tenant));
    }

    /** Asks for something. */
    JsonNode post(String path, ObjectNode wish) {
        return require(client.post(Plane.TENANT, POLICY + path, bytes(wish), TENANT, tenant));
    }

    private static byte[] bytes(ObjectNode wish) {
        return Json.write(wish).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the tenant plane refuses with " + answer.problem(), "what the service says of itself is in ./zeroui logs tenant");
        }
        return answer.body();
    }
}
