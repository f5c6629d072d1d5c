package io.zeroui.product.vectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.HybridSearch;
import io.zeroui.product.vectors.Recommendation;
import io.zeroui.product.vectors.Search;
import io.zeroui.product.vectors.Searches;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Searches of a collection. */
@Path("/v1/collections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vectors", description = "Tenants' collections of vectors, searched by nearness")
public class SearchesResource {

    private static final String[] GROUPED = {"vector", "filter", "limit", "score_threshold", "exact", "ef", "with_payload", "with_vector"};
    private static final String[] MEMBERS = with(GROUPED, "offset");

    /** Bytes of a body that are read by the thread that has them: another one would take longer to begin. */
    private static final int READ_AT_ONCE = 128 * 1_024;

    private final Searches searches;
    private final TenantAccess tenants;

    SearchesResource(Searches searches, TenantAccess tenants) {
        this.searches = searches;
        this.tenants = tenants;
    }

    /** The nearest points. */
    @POST
    @Path("{collection}/search")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "searchPoints", summary = "The nearest points to a vector")
    public Uni<ObjectNode> search(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "vector is required; filter, limit, offset, score_threshold, exact, ef, with_payload, with_vector",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"vector\":[0.1,0.2],\"limit\":10}")))
            byte @Nullable [] body) {
        TenantId of = reader(tenant);
        CollectionName name = CollectionName.of(collection);
        Uni<Search> search = Uni.createFrom().item(() -> search(VectorBody.parse(body, MEMBERS), true));
        return (body == null || body.length <= READ_AT_ONCE ? search : search.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .chain(wish -> searches.search(of, name, wish)).map(found -> VectorViews.items(found, VectorViews::scored));
    }

    /** Several searches. */
    @POST
    @Path("{collection}/search/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "searchPointsBatch", summary = "Several searches, answered in their order")
    public Uni<ObjectNode> batch(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "searches, at most 100",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"searches\":[{\"vector\":[0.1,0.2]}]}")))
            byte @Nullable [] body) {
        List<Search> given = VectorBody.parse(body, "searches").list("searches").stream()
                .map(one -> search(VectorBody.of(one, MEMBERS), true)).toList();
        return searches.batch(reader(tenant), CollectionName.of(collection), given)
                .map(all -> VectorViews.items(all, found -> VectorViews.items(found, VectorViews::scored)));
    }

    /** The nearest points by the values of a field. */
    @POST
    @Path("{collection}/search/groups")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "searchPointGroups", summary = "The nearest points by the values of a field")
    public Uni<ObjectNode> groups(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "vector and group_by are required; group_size; limit, how many groups; filter, score_threshold, exact, ef, with_payload, with_vector",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"vector\":[0.1,0.2],\"group_by\":\"file_id\",\"group_size\":3,\"limit\":5}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, with(GROUPED, "group_by", "group_size"));
        return searches.groups(reader(tenant), CollectionName.of(collection), search(wish, true), wish.text("group_by"), wish.whole("group_size", 3))
                .map(groups -> VectorViews.items(groups, VectorViews::group));
    }

    /** The nearest points to examples. */
    @POST
    @Path("{collection}/recommend")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "recommendPoints", summary = "The nearest points to positive examples and far from negative ones")
    public Uni<ObjectNode> recommend(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "positive and negative: ids of points, or vectors; filter, limit, offset, score_threshold, exact, ef, with_payload, with_vector",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"positive\":[1,2],\"negative\":[3],\"limit\":10}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, with(MEMBERS, "positive", "negative"));
        return searches.recommend(reader(tenant), CollectionName.of(collection), new Recommendation(ids(wish, "positive"), ids(wish, "negative"),
                vectors(wish, "positive"), vectors(wish, "negative"), search(wish, false)))
                .map(found -> VectorViews.items(found, VectorViews::scored));
    }

    /** The values of a field. */
    @POST
    @Path("{collection}/facet")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "facetPoints", summary = "The values of a field with how many points have each")
    public Uni<ObjectNode> facet(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "field is required; filter; limit",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"field\":\"tags\",\"limit\":20}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, "field", "filter", "limit");
        return searches.facet(reader(tenant), CollectionName.of(collection), wish.text("field"), FilterJson.read(wish.find("filter")),
                wish.whole("limit", 10)).map(counts -> VectorViews.items(counts, VectorViews::facet));
    }

    /** The best of nearness and words. */
    @POST
    @Path("{collection}/hybrid")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    @Operation(operationId = "searchPointsHybrid", summary = "The best of nearness and words, by reciprocal rank fusion")
    public Uni<ObjectNode> hybrid(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @RequestBody(description = "vector, text and field are required; the field has a payload index of type text; filter, limit, offset, score_threshold, exact, ef, with_payload, with_vector",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"vector\":[0.1,0.2],\"text\":\"expired certificate\",\"field\":\"content\"}")))
            byte @Nullable [] body) {
        VectorBody wish = VectorBody.parse(body, with(MEMBERS, "text", "field"));
        return searches.hybrid(reader(tenant), CollectionName.of(collection), new HybridSearch(search(wish, true), wish.text("text"), wish.text("field")))
                .map(found -> VectorViews.items(found, VectorViews::scored));
    }

    private static Search search(VectorBody wish, boolean needsVector) {
        return new Search(needsVector ? wish.vector("vector") : new float[0], FilterJson.read(wish.find("filter")), wish.whole("limit", 10),
                wish.whole("offset", 0), wish.number("score_threshold"), wish.truth("exact"), wish.find("ef") == null ? null : wish.whole("ef", 0),
                PointsResource.returning(wish, true));
    }

    private static String[] with(String[] members, String... more) {
        return Stream.concat(Stream.of(members), Stream.of(more)).toArray(String[]::new);
    }

    private static List<PointId> ids(VectorBody wish, String member) {
        return wish.list(member).stream().filter(example -> !example.isArray()).map(PointId::of).toList();
    }

    private static List<float[]> vectors(VectorBody wish, String member) {
        return wish.list(member).stream().filter(JsonNode::isArray).map(example -> VectorBody.vector(member, example)).toList();
    }

    private TenantId reader(@Nullable String tenant) {
        return tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER);
    }
}
