package io.zeroui.product.vectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.PayloadChange;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The points of a collection. */
@Path("/v1/collections/{collection}/points")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vectors", description = "Tenants' collections of vectors, searched by nearness")
public class PointsResource {

    private final Points points;
    private final TenantAccess tenants;
    private final LargeBodies bodies;

    PointsResource(Points points, TenantAccess tenants, LargeBodies bodies) {
        this.points = points;
        this.tenants = tenants;
        this.bodies = bodies;
    }

    /** One point. */
    @GET
    @Path("{id}")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getPoint", summary = "A point with its payload and its vector")
    @APIResponse(responseCode = "404", description = "There is no such point")
    public Uni<ObjectNode> one(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @PathParam("id") String id) {
        return points.get(reader(tenant), CollectionName.of(collection), List.of(PointId.parse(id)), Returning.EVERYTHING).map(found -> {
            if (found.isEmpty()) {
                throw VectorProblem.missing("point");
            }
            return VectorViews.point(found.get(0));
        });
    }

    /** Writes points. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "writePoints", summary = "Writes points; those that are there too are replaced; all or none")
    @APIResponse(responseCode = "400", description = "An id, a vector or a payload is not one")
    @APIResponse(responseCode = "413", description = "A payload, or the whole, is too large")
    public Uni<ObjectNode> write(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "points: at most 5000, each with id, vector and payload",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"points\":[{\"id\":1,\"vector\":[0.1,0.2],\"payload\":{\"tag\":\"a\"}}]}")))
            byte @Nullable [] body) {
        TenantId whose = writer(tenant);
        return bodies.read(whose, body, () -> {
            List<Point> given = points(body);
            return points.upsert(whose, CollectionName.of(collection), given).replaceWith(() -> VectorViews.count("written", given.size()));
        });
    }

    /** Points by their ids. */
    @POST
    @Path("get")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "getPoints", summary = "Points by their ids, in the order in which they are asked for")
    public Uni<ObjectNode> get(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "ids; with_payload, with_vector",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"ids\":[1,2],\"with_vector\":true}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, "ids", "with_payload", "with_vector");
        return points.get(reader(tenant), CollectionName.of(collection), wish.ids("ids"), returning(wish, true))
                .map(found -> VectorViews.items(found, VectorViews::point));
    }

    /** Deletes points. */
    @POST
    @Path("delete")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "deletePoints", summary = "Deletes points by ids or by a filter")
    public Uni<ObjectNode> delete(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "ids, or filter with must, should, must_not, min_should",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"filter\":{\"must\":[{\"key\":\"tag\",\"match\":{\"value\":\"a\"}}]}}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, "ids", "filter");
        return points.delete(writer(tenant), CollectionName.of(collection), which(wish)).map(count -> VectorViews.count("deleted", count));
    }

    /** A page of points. */
    @POST
    @Path("scroll")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "scrollPoints", summary = "A page of points in the order of their ids; next is where the next one begins")
    public Uni<ObjectNode> scroll(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "filter with must, should, must_not, min_should; from, an id; limit; with_payload, with_vector",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"limit\":100}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, "filter", "from", "limit", "with_payload", "with_vector");
        JsonNode from = wish.find("from");
        return points.scroll(reader(tenant), CollectionName.of(collection), FilterJson.read(wish.find("filter")),
                from == null ? null : PointId.of(from), wish.whole("limit", 100), returning(wish, true)).map(VectorViews::page);
    }

    /** How many points. */
    @POST
    @Path("count")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "countPoints", summary = "How many points a filter means; at most 100,000 unless exact")
    public Uni<ObjectNode> count(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "filter with must, should, must_not, min_should; exact",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"exact\":true}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, "filter", "exact");
        return points.count(reader(tenant), CollectionName.of(collection), FilterJson.read(wish.find("filter")), wish.truth("exact"))
                .map(count -> VectorViews.count("count", count));
    }

    /** Changes payloads. */
    @POST
    @Path("payload")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "changePayloads", summary = "Changes payloads of points")
    public Uni<ObjectNode> payload(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "ids, or filter; and one of put (members, with at: a path), overwrite (a payload), delete (paths), clear (true)",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"ids\":[1],\"put\":{\"tag\":\"b\"}}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, "ids", "filter", "put", "at", "overwrite", "delete", "clear");
        return points.changePayload(writer(tenant), CollectionName.of(collection), which(wish), change(wish))
                .map(count -> VectorViews.count("changed", count));
    }

    /** Gives points other vectors. */
    @PUT
    @Path("vectors")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "writeVectors", summary = "Gives points other vectors; all or none")
    @APIResponse(responseCode = "404", description = "One of the points is not there")
    public Uni<ObjectNode> vectors(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "points, each with id and vector",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"points\":[{\"id\":1,\"vector\":[0.1,0.2]}]}")))
            byte @Nullable [] body) {
        TenantId whose = writer(tenant);
        return bodies.read(whose, body, () -> {
            Map<PointId, float[]> vectors = vectors(body);
            return points.updateVectors(whose, CollectionName.of(collection), vectors)
                    .replaceWith(() -> VectorViews.count("written", vectors.size()));
        });
    }

    private static List<Point> points(byte @Nullable [] body) {
        List<Point> given = new ArrayList<>();
        for (JsonNode one : VectorBody.parse(body, "points").list("points")) {
            VectorBody point = VectorBody.of(one, "id", "vector", "payload");
            given.add(new Point(id(point), point.vector("vector"), point.object("payload")));
        }
        return given;
    }

    private static Map<PointId, float[]> vectors(byte @Nullable [] body) {
        Map<PointId, float[]> vectors = new LinkedHashMap<>();
        for (JsonNode one : VectorBody.parse(body, "points").list("points")) {
            VectorBody point = VectorBody.of(one, "id", "vector");
            vectors.put(id(point), point.vector("vector"));
        }
        return vectors;
    }

    private static PointId id(VectorBody point) {
        JsonNode id = point.find("id");
        if (id == null) {
            throw VectorProblem.invalid("id", "is required");
        }
        return PointId.of(id);
    }

    private static PointSelector which(VectorBody wish) {
        if ((wish.find("ids") == null) == (wish.find("filter") == null)) {
            throw VectorProblem.invalid("ids", "or filter is required, and not both");
        }
        return wish.find("ids") == null ? new PointSelector.Matching(FilterJson.read(wish.find("filter"))) : new PointSelector.Ids(wish.ids("ids"));
    }

    private static PayloadChange change(VectorBody wish) {
        List<String> said = List.of("put", "overwrite", "delete", "clear").stream().filter(kind -> wish.find(kind) != null).toList();
        if (said.size() != 1) {
            throw VectorProblem.invalid("put", "overwrite, delete or clear is required, and one only");
        }
        if (wish.find("clear") != null && !wish.truth("clear")) {
            throw VectorProblem.invalid("clear", "must be true, or not there");
        }
        if (wish.find("at") != null && wish.find("put") == null) {
            throw VectorProblem.invalid("at", "goes with put only");
        }
        return switch (said.get(0)) {
            case "put" -> new PayloadChange.Put(wish.object("put"), wish.find("at") == null ? null : wish.text("at"));
            case "overwrite" -> new PayloadChange.Overwrite(wish.object("overwrite"));
            case "delete" -> new PayloadChange.Delete(wish.list("delete").stream().map(PointsResource::path).toList());
            default -> new PayloadChange.Clear();
        };
    }

    private static String path(JsonNode path) {
        if (!path.isTextual()) {
            throw VectorProblem.invalid("delete", "must be a list of paths");
        }
        return path.textValue();
    }

    static Returning returning(VectorBody wish, boolean usual) {
        return Returning.of(wish.find("with_payload"), wish.find("with_vector"), usual);
    }

    private TenantId reader(@Nullable String tenant) {
        return tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER);
    }

    private TenantId writer(@Nullable String tenant) {
        return tenants.get(tenant, Permission.VECTORS_WRITE_ALL, TenantAccess.HEADER);
    }
}
