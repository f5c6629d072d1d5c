package io.zeroui.product.vectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's collections. */
@Path("/v1/collections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vectors", description = "Tenants' collections of vectors, searched by nearness")
public class CollectionsResource {

    private final Collections collections;
    private final TenantAccess tenants;

    CollectionsResource(Collections collections, TenantAccess tenants) {
        this.collections = collections;
        this.tenants = tenants;
    }

    /** All of them. */
    @GET
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listCollections", summary = "The tenant's collections in the order of their names")
    public Uni<ObjectNode> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        return collections.list(tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER))
                .map(list -> VectorViews.items(list, VectorViews::collection));
    }

    /** One. */
    @GET
    @Path("{collection}")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getCollection", summary = "A collection, by its name or an alias")
    @APIResponse(responseCode = "404", description = "There is no such collection")
    public Uni<ObjectNode> get(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection) {
        return collections.get(tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER), CollectionName.of(collection))
                .map(VectorViews::collection);
    }

    /** Makes one. */
    @PUT
    @Path("{collection}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "createCollection", summary = "Makes a collection")
    @APIResponse(responseCode = "201", description = "The collection, empty")
    @APIResponse(responseCode = "409", description = "The name is taken")
    public Uni<Response> create(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "dimension (1 to 16000) is required; metric (cosine, l2, inner_product, l1); index with kind (hnsw with m and "
                    + "ef_construction, ivfflat with lists, none); payload_indexes, types by field; payload_schema",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"dimension\":768,\"metric\":\"cosine\",\"index\":"
                            + "{\"kind\":\"hnsw\",\"m\":16},\"payload_indexes\":{\"tags\":\"keyword\"}}")))
            byte @Nullable [] body) {
        CollectionName name = CollectionName.of(collection);
        VectorBody wish = VectorBody.parse(body, "dimension", "metric", "index", "payload_indexes", "payload_schema");
        JsonNode metric = wish.find("metric");
        CollectionSpec spec = new CollectionSpec(wish.whole("dimension", 0), metric == null ? Metric.COSINE : Metric.ofKey(wish.text("metric")),
                index(wish), indexes(wish.object("payload_indexes")), wish.object("payload_schema"));
        return collections.create(tenants.get(tenant, Permission.VECTORS_ADMIN_ALL, TenantAccess.HEADER), name, spec)
                .map(info -> Response.status(Response.Status.CREATED).entity(VectorViews.collection(info))
                        .header("Location", "/v1/collections/" + name).build());
    }

    /** Gives one another index. */
    @PATCH
    @Path("{collection}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "changeCollection", summary = "Gives a collection another index, which is built while the present one serves")
    @APIResponse(responseCode = "409", description = "Its points are being moved")
    public Uni<ObjectNode> change(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "index", content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                    example = "{\"index\":{\"kind\":\"hnsw\",\"m\":24,\"ef_construction\":128}}"))) byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, "index");
        if (wish.find("index") == null) {
            throw VectorProblem.invalid("index", "is required");
        }
        return collections.change(tenants.get(tenant, Permission.VECTORS_ADMIN_ALL, TenantAccess.HEADER), CollectionName.of(collection), index(wish))
                .map(VectorViews::collection);
    }

    /** Removes one. */
    @DELETE
    @Path("{collection}")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Operation(operationId = "deleteCollection", summary = "Removes a collection with its points and aliases")
    @APIResponse(responseCode = "204", description = "It is gone; its rows are removed in the background")
    @APIResponse(responseCode = "404", description = "There is no such collection")
    public Uni<Void> delete(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection) {
        return collections.delete(tenants.get(tenant, Permission.VECTORS_ADMIN_ALL, TenantAccess.HEADER), CollectionName.of(collection))
                .invoke(gone -> require(gone, "collection")).replaceWithVoid();
    }

    /** Indexes a field. */
    @PUT
    @Path("{collection}/payload-indexes/{field}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "createPayloadIndex", summary = "Indexes a field of the payloads, for filters and for searches by words")
    @APIResponse(responseCode = "204", description = "The field is indexed")
    @APIResponse(responseCode = "409", description = "It has an index of another type")
    public Uni<Void> createIndex(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @PathParam("field") String field, @RequestBody(description = "type: keyword, integer, float, bool, datetime, uuid or text",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"type\":\"keyword\"}"))) byte @Nullable [] body) {
        FieldType type = FieldType.ofKey(VectorBody.parse(body, "type").text("type"));
        return collections.createPayloadIndex(tenants.get(tenant, Permission.VECTORS_ADMIN_ALL, TenantAccess.HEADER),
                CollectionName.of(collection), field, type);
    }

    /** Removes the index of a field. */
    @DELETE
    @Path("{collection}/payload-indexes/{field}")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Operation(operationId = "deletePayloadIndex", summary = "Removes the index of a field")
    @APIResponse(responseCode = "404", description = "The field has no index")
    public Uni<Void> deleteIndex(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @PathParam("field") String field) {
        return collections.deletePayloadIndex(tenants.get(tenant, Permission.VECTORS_ADMIN_ALL, TenantAccess.HEADER),
                CollectionName.of(collection), field).invoke(gone -> require(gone, "payload index")).replaceWithVoid();
    }

    private static void require(boolean done, String what) {
        if (!done) {
            throw VectorProblem.missing(what);
        }
    }

    private static IndexSpec index(VectorBody wish) {
        if (wish.find("index") == null) {
            return IndexSpec.DEFAULT;
        }
        VectorBody index = VectorBody.of(wish.object("index"), "kind", "m", "ef_construction", "lists");
        return switch (index.text("kind")) {
            case "hnsw" -> new IndexSpec.Hnsw(index.whole("m", 16), index.whole("ef_construction", Math.max(64, 2 * index.whole("m", 16))));
            case "ivfflat" -> new IndexSpec.IvfFlat(index.whole("lists", 100));
            case "none" -> new IndexSpec.None();
            default -> throw VectorProblem.invalid("index.kind", "must be hnsw, ivfflat or none");
        };
    }

    private static Map<String, FieldType> indexes(ObjectNode given) {
        Map<String, FieldType> indexes = new TreeMap<>();
        given.fieldNames().forEachRemaining(field -> indexes.put(field, FieldType.ofKey(given.path(field).asText())));
        return indexes;
    }
}
