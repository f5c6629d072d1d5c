package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The service as Qdrant's clients ask after it: its version and its health. */
@Path("/")
public class QdrantServiceResource {

    /** The version of Qdrant's interface that this is; clients want their own minor version or one beside it. */
    private static final String VERSION = "1.18.0";

    private final SmallRyeHealthReporter health;
    private final QdrantAnswers answers;

    QdrantServiceResource(SmallRyeHealthReporter health, QdrantAnswers answers) {
        this.health = health;
        this.answers = answers;
    }

    /** Title and version. */
    @GET
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.APPLICATION_JSON)
    public ObjectNode version() {
        return JsonNodeFactory.instance.objectNode().put("title", "ZeroUI vectors, with the REST interface of Qdrant").put("version", VERSION);
    }

    /** Whether it runs. */
    @GET
    @Path("{check:healthz|livez}")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.TEXT_PLAIN)
    public Response healthy() {
        return Response.ok("healthz check passed").build();
    }

    /** Whether it can serve: 503 while the plane is not ready. */
    @GET
    @Path("readyz")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.TEXT_PLAIN)
    public Uni<Response> ready() {
        return health.getReadinessAsync().map(state -> state.isDown() ? Response.status(Response.Status.SERVICE_UNAVAILABLE).entity("not ready").build()
                : Response.ok("all shards are ready").build());
    }

    /** There is no cluster of Qdrant's kind. */
    @GET
    @Path("cluster")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<ObjectNode> cluster(@BeanParam QdrantCall call) {
        return answers.read(call, tenant -> Uni.createFrom().item(JsonNodeFactory.instance.objectNode().put("status", "disabled")));
    }
}
