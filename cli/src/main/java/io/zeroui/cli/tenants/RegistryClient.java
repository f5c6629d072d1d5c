package io.zeroui.cli.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Table;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** The registry of the product plane over HTTP. */
public final class RegistryClient {

    private static final String TENANTS = "/v1/tenants";
    private static final int PAGE = 500;

    private final ServiceClient client;

    /** The registry of the running system. */
    public RegistryClient(RunningSystem system) {
        this.client = new ServiceClient(system);
    }

    /** Makes a tenant or, below a tenant, an edge or a key; also does what wants a body. */
    public JsonNode create(String path, ObjectNode wish) {
        return changed(client.post(Plane.PRODUCT, TENANTS + path, Json.write(wish).getBytes(StandardCharsets.UTF_8)));
    }

    /** Moves a tenant or an edge into another state. */
    public JsonNode move(String path, String verb) {
        return changed(client.post(Plane.PRODUCT, TENANTS + path + "/" + verb, new byte[0]));
    }

    /** Deletes a tenant or an edge. */
    public JsonNode delete(String path) {
        return changed(client.delete(Plane.PRODUCT, TENANTS + path));
    }

    /** One tenant. */
    public JsonNode get(String path) {
        return changed(client.get(Plane.PRODUCT, TENANTS + path));
    }

    /** All tenants, or all edges of a tenant, as a table. */
    public Table table(String path, String id, List<String> columns, Function<JsonNode, String[]> row) {
        Table table = Table.of(columns.toArray(String[]::new));
        String after = "";
        JsonNode page;
        do {
            page = changed(client.get(Plane.PRODUCT, TENANTS + path + "?limit=" + PAGE + after)).path("items");
            for (JsonNode item : page) {
                table.row(row.apply(item));
                after = "&after=" + item.path(id).asText();
            }
        } while (page.size() == PAGE);
        return table;
    }

    private static JsonNode changed(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the product plane refuses with " + answer.problem(),
                    "see ./zeroui tenants list; what it says of itself is in ./zeroui logs product");
        }
        return answer.body();
    }
}
