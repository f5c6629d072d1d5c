package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One tenant's policies in the product plane over HTTP. */
final class PolicyClient {

    private static final String POLICIES = "/v1/policies";
    private static final String TENANT = "X-Tenant-Id";
    private static final int PAGE = 200;

    private final ServiceClient client;
    private final String tenant;

    PolicyClient(RunningSystem system, String tenant) {
        this.client = new ServiceClient(system);
        this.tenant = tenant;
    }

    /** What is at a path. */
    JsonNode get(String path) {
        return require(client.get(Plane.PRODUCT, POLICIES + path, TENANT, tenant));
    }

    /** All items of all pages; the next page begins behind the last item's member. */
    List<JsonNode> all(String path, String member) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page;
        String after = "";
        do {
            page = get(path + "?limit=" + PAGE + after).path("items");
            page.forEach(all::add);
            if (!page.isEmpty()) {
                after = "&after=" + text(page.get(page.size() - 1).path(member).asText());
            }
        } while (page.size() == PAGE);
        return all;
    }

    /**
     * How the released versions fare: {@code {"items":[…],"unpublished":{…},"service":{…}}}, the latter what the service says of the
     * publication and the gates of all tenants, where the key may see it.
     */
    ObjectNode status() {
        ObjectNode status = Json.object();
        ArrayNode items = status.putArray("items");
        JsonNode page;
        String after = "";
        do {
            page = require(client.get(Plane.PRODUCT, "/v1/policy-rollouts?limit=" + PAGE + after, TENANT, tenant));
            page.path("items").forEach(items::add);
            if (page.has("unpublished")) {
                status.set("unpublished", page.path("unpublished"));
            }
            after = "&after=" + items.path(items.size() - 1).path("terms").path("order").asLong();
        } while (page.path("items").size() == PAGE);
        Answer service = client.get(Plane.PRODUCT, "/v1/status");
        if (service.isSuccess()) {
            ObjectNode all = status.putObject("service");
            all.set("unpublished", service.body().path("policies").path("unpublished"));
            all.set("gates", service.body().path("policies").path("gates"));
        }
        return status;
    }

    /** Asks for something. */
    JsonNode post(String path, ObjectNode wish) {
        return require(client.post(Plane.PRODUCT, POLICIES + path, Json.write(wish).getBytes(StandardCharsets.UTF_8), TENANT, tenant));
    }

    /** A text in a path or query. */
    static String text(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the product plane refuses with " + answer.problem(),
                    "see what was done with ./zeroui policy history; what the service says of itself is in ./zeroui logs product");
        }
        return answer.body();
    }
}
