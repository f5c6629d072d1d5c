package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.placement.PlacementConfig;
import io.zeroui.product.vectors.qdrant.wire.WireAnswer;
import io.zeroui.product.vectors.qdrant.wire.WireCollection;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Collections, their aliases and payload indexes. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class QdrantCollectionsResource {

    private final Collections collections;
    private final Points points;
    private final PlacementConfig placement;
    private final QdrantAnswers answers;

    QdrantCollectionsResource(Collections collections, Points points, PlacementConfig placement, QdrantAnswers answers) {
        this.collections = collections;
        this.points = points;
        this.placement = placement;
        this.answers = answers;
    }

    /** The names of all. */
    @GET
    @Path("collections")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public Uni<ObjectNode> list(@BeanParam QdrantCall call) {
        return answers.read(call, tenant -> collections.list(tenant).map(WireAnswer::collections));
    }

    /** One, with what it was made as and how many points it has. */
    @GET
    @Path("collections/{collection}")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public Uni<ObjectNode> get(@BeanParam QdrantCall call, @PathParam("collection") String name) {
        CollectionName collection = CollectionName.of(name);
        return answers.read(call, tenant -> collections.get(tenant, collection).chain(info -> describe(tenant, info)));
    }

    /** Whether there is one of that name. */
    @GET
    @Path("collections/{collection}/exists")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public Uni<ObjectNode> exists(@BeanParam QdrantCall call, @PathParam("collection") String name) {
        CollectionName collection = CollectionName.of(name);
        return answers.read(call, tenant -> collections.exists(tenant, collection).map(WireAnswer::exists));
    }

    /** Makes one. */
    @PUT
    @Path("collections/{collection}")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> create(@BeanParam QdrantCall call, @PathParam("collection") String name, InputStream body) {
        CollectionName collection = CollectionName.of(name);
        CollectionSpec spec = answers.body(body, WireCollection::spec);
        return answers.administer(call, tenant -> collections.create(tenant, collection, spec).map(made -> WireAnswer.truth(true)));
    }

    /** Gives one another index. */
    @PATCH
    @Path("collections/{collection}")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> change(@BeanParam QdrantCall call, @PathParam("collection") String name, InputStream body) {
        CollectionName collection = CollectionName.of(name);
        JsonNode wish = answers.body(body, json -> json);
        return answers.administer(call, tenant -> collections.get(tenant, collection)
                .chain(info -> collections.change(tenant, collection, WireCollection.changed(wish, info.spec().index())))
                .map(changed -> WireAnswer.truth(true)));
    }

    /** Deletes one; the result is false where there is none. */
    @DELETE
    @Path("collections/{collection}")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    public Uni<ObjectNode> delete(@BeanParam QdrantCall call, @PathParam("collection") String name) {
        CollectionName collection = CollectionName.of(name);
        return answers.administer(call, tenant -> collections.delete(tenant, collection).map(WireAnswer::truth));
    }

    /** Indexes a field of the payloads. */
    @PUT
    @Path("collections/{collection}/index")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> index(@BeanParam QdrantCall call, @PathParam("collection") String name, InputStream body) {
        CollectionName collection = CollectionName.of(name);
        Map.Entry<String, FieldType> wish = answers.body(body, WireCollection::payloadIndex);
        return answers.administer(call, tenant -> collections.createPayloadIndex(tenant, collection, wish.getKey(), wish.getValue())
                .map(made -> WireAnswer.completed()));
    }

    /** Removes the index of a field. */
    @DELETE
    @Path("collections/{collection}/index/{field}")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    public Uni<ObjectNode> unindex(@BeanParam QdrantCall call, @PathParam("collection") String name, @PathParam("field") String field) {
        CollectionName collection = CollectionName.of(name);
        return answers.administer(call, tenant -> collections.deletePayloadIndex(tenant, collection, field).map(gone -> WireAnswer.completed()));
    }

    /** All aliases. */
    @GET
    @Path("aliases")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public Uni<ObjectNode> aliases(@BeanParam QdrantCall call) {
        return answers.read(call, tenant -> collections.aliases(tenant).map(WireAnswer::aliases));
    }

    /** The aliases of one collection. */
    @GET
    @Path("collections/{collection}/aliases")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    public Uni<ObjectNode> aliases(@BeanParam QdrantCall call, @PathParam("collection") String name) {
        CollectionName collection = CollectionName.of(name);
        return answers.read(call, tenant -> collections.get(tenant, collection)
                .chain(info -> collections.aliases(tenant).map(all -> WireAnswer.aliases(of(info.name(), all)))));
    }

    /** Changes aliases, all at once or none. */
    @POST
    @Path("collections/aliases")
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    public Uni<ObjectNode> changeAliases(@BeanParam QdrantCall call, InputStream body) {
        var changes = answers.body(body, WireCollection::aliases);
        return answers.administer(call, tenant -> collections.changeAliases(tenant, changes).map(done -> WireAnswer.truth(true)));
    }

    private static Map<CollectionName, CollectionName> of(CollectionName collection, Map<CollectionName, CollectionName> all) {
        Map<CollectionName, CollectionName> own = new HashMap<>(all);
        own.values().removeIf(other -> !other.equals(collection));
        Map<CollectionName, CollectionName> sorted = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        sorted.putAll(own);
        return sorted;
    }

    private Uni<ObjectNode> describe(TenantId tenant, CollectionInfo info) {
        Uni<Map<String, Long>> indexed = Multi.createFrom().iterable(info.spec().payloadIndexes().keySet())
                .onItem().transformToUniAndConcatenate(field -> having(tenant, info, field).map(count -> Map.entry(field, count)))
                .collect().asMap(Map.Entry::getKey, Map.Entry::getValue);
        return indexed.chain(counts -> collections.points(tenant, info.name()).map(points -> WireAnswer.collection(info, points, counts, placement.threshold())));
    }

    private Uni<Long> having(TenantId tenant, CollectionInfo info, String field) {
        return points.count(tenant, info.name(), Filter.mustNot(new Condition.IsEmpty(KeyPath.of(field))), false);
    }
}
