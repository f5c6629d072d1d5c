package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.qdrant.wire.WireAnswer;
import io.zeroui.product.vectors.qdrant.wire.WireOperation;
import io.zeroui.product.vectors.qdrant.wire.WireOperation.Kind;
import io.zeroui.product.vectors.qdrant.wire.WireRead;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;

/** Points: written, read, changed and counted. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class QdrantPointsResource {

    private final Points points;
    private final QdrantOperations operations;
    private final QdrantAnswers answers;

    QdrantPointsResource(Points points, QdrantOperations operations, QdrantAnswers answers) {
        this.points = points;
        this.operations = operations;
        this.answers = answers;
    }

    /** Writes points. */
    @PUT
    @Path("collections/{collection}/points")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> upsert(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.UPSERT, body);
    }

    /** Deletes points. */
    @POST
    @Path("collections/{collection}/points/delete")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> delete(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.DELETE, body);
    }

    /** Puts members into payloads. */
    @POST
    @Path("collections/{collection}/points/payload")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> setPayload(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.SET_PAYLOAD, body);
    }

    /** Replaces payloads. */
    @PUT
    @Path("collections/{collection}/points/payload")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> overwritePayload(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.OVERWRITE_PAYLOAD, body);
    }

    /** Removes members from payloads. */
    @POST
    @Path("collections/{collection}/points/payload/delete")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> deletePayload(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.DELETE_PAYLOAD, body);
    }

    /** Empties payloads. */
    @POST
    @Path("collections/{collection}/points/payload/clear")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> clearPayload(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.CLEAR_PAYLOAD, body);
    }

    /** Gives points other vectors. */
    @PUT
    @Path("collections/{collection}/points/vectors")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> updateVectors(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.UPDATE_VECTORS, body);
    }

    /** Refused: a point without its only vector would be none. */
    @POST
    @Path("collections/{collection}/points/vectors/delete")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> deleteVectors(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return change(call, collection, Kind.DELETE_VECTORS, body);
    }

    /** Several changes, one after the other. */
    @POST
    @Path("collections/{collection}/points/batch")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> batch(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        CollectionName name = CollectionName.of(collection);
        List<WireOperation> all = answers.body(body, WireOperation::readBatch);
        return answers.write(call, tenant -> operations.runAll(tenant, name, all).map(done -> WireAnswer.completed(all.size())));
    }

    /** One point; 404 where there is none. */
    @GET
    @Path("collections/{collection}/points/{id}")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public Uni<ObjectNode> get(@BeanParam QdrantCall call, @PathParam("collection") String collection, @PathParam("id") String id) {
        CollectionName name = CollectionName.of(collection);
        PointId point = PointId.parse(id);
        return answers.read(call, tenant -> points.get(tenant, name, List.of(point), Returning.EVERYTHING).map(found -> {
            if (found.isEmpty()) {
                throw VectorProblem.missing("point " + point);
            }
            return WireAnswer.record(found.get(0));
        }));
    }

    /** Points by their ids. */
    @POST
    @Path("collections/{collection}/points")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> retrieve(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        CollectionName name = CollectionName.of(collection);
        WireRead.Ids wanted = answers.body(body, WireRead.Ids::of);
        return answers.read(call, tenant -> points.get(tenant, name, wanted.ids(), wanted.returning()).map(WireAnswer::records));
    }

    /** A page of points. */
    @POST
    @Path("collections/{collection}/points/scroll")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> scroll(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        CollectionName name = CollectionName.of(collection);
        WireRead.Scroll wanted = answers.body(body, WireRead.Scroll::of);
        WireRead.Order order = wanted.order();
        return answers.read(call, tenant -> order == null
                ? points.scroll(tenant, name, wanted.filter(), wanted.from(), wanted.limit(), wanted.returning()).map(WireAnswer::page)
                : points.ordered(tenant, name, wanted.filter(), order.key(), order.ascending(), order.from(), wanted.limit(), wanted.returning())
                        .map(WireAnswer::ordered));
    }

    /** How many points there are. */
    @POST
    @Path("collections/{collection}/points/count")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> count(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        CollectionName name = CollectionName.of(collection);
        WireRead.Count wanted = answers.body(body, WireRead.Count::of);
        return answers.read(call, tenant -> points.count(tenant, name, wanted.filter(), wanted.exact()).map(WireAnswer::count));
    }

    private Uni<ObjectNode> change(QdrantCall call, String collection, Kind kind, InputStream body) {
        CollectionName name = CollectionName.of(collection);
        WireOperation operation = answers.body(body, json -> WireOperation.read(kind, json));
        return answers.write(call, tenant -> operations.run(tenant, name, operation).map(done -> WireAnswer.completed()));
    }
}
