package io.zeroui.product.vectors.qdrant;

import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What Qdrant has and this has not: refused with the reason, so that nobody looks for a wrong address. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class QdrantUnservedResource {

    private static final String OF_SERVICE = "{what:(cluster/.+|snapshots(/.*)?|telemetry|metrics|issues|quotas)}";
    private static final String OF_COLLECTION = "collections/{collection}/{what:(snapshots(/.*)?|shards(/.*)?|cluster|optimizations|vectors/[^/]+"
            + "|points/discover(/batch)?|points/search/matrix/(pairs|offsets))}";

    /** Reads. */
    @GET
    @Path(OF_SERVICE)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void readOfService(@PathParam("what") String what) {
        throw refusal(what);
    }

    /** Acts. */
    @POST
    @Path(OF_SERVICE)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void actOfService(@PathParam("what") String what) {
        throw refusal(what);
    }

    /** Settings. */
    @PUT
    @Path(OF_SERVICE)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void setOfService(@PathParam("what") String what) {
        throw refusal(what);
    }

    /** Removals. */
    @DELETE
    @Path(OF_SERVICE)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void removeOfService(@PathParam("what") String what) {
        throw refusal(what);
    }

    /** Reads. */
    @GET
    @Path(OF_COLLECTION)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void readOfCollection(@PathParam("what") String what) {
        throw refusal(what);
    }

    /** Acts. */
    @POST
    @Path(OF_COLLECTION)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void actOfCollection(@PathParam("what") String what) {
        throw refusal(what);
    }

    /** Settings. */
    @PUT
    @Path(OF_COLLECTION)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void setOfCollection(@PathParam("what") String what) {
        throw refusal(what);
    }

    /** Removals. */
    @DELETE
    @Path(OF_COLLECTION)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public void removeOfCollection(@PathParam("what") String what) {
        throw refusal(what);
    }

    private static ProblemException refusal(String what) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, what + " is not served: points are in PostgreSQL, which has its own copies, backups "
                + "and metrics (/q/metrics)");
    }
}
