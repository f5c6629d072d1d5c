package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.product.vectors.Searches;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.qdrant.wire.QueryReader;
import io.zeroui.product.vectors.qdrant.wire.WireAnswer;
import io.zeroui.product.vectors.qdrant.wire.WireGroups;
import io.zeroui.product.vectors.qdrant.wire.WireQuery;
import io.zeroui.product.vectors.qdrant.wire.WireRead;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Questions for points: {@code query}, and {@code search} and {@code recommend}, which clients before 1.19 ask. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class QdrantQueryResource {

    private final QdrantQueries queries;
    private final Searches searches;
    private final QdrantAnswers answers;

    QdrantQueryResource(QdrantQueries queries, Searches searches, QdrantAnswers answers) {
        this.queries = queries;
        this.searches = searches;
        this.answers = answers;
    }

    /** Points of every kind of question. */
    @POST
    @Path("collections/{collection}/points/query")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> query(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return one(call, collection, answers.body(body, new QueryReader()::query), WireAnswer::points);
    }

    /** The same for several questions. */
    @POST
    @Path("collections/{collection}/points/query/batch")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> queryBatch(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return all(call, collection, batch(body, QueryReader::query), WireAnswer::points);
    }

    /** Points in groups. */
    @POST
    @Path("collections/{collection}/points/query/groups")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> queryGroups(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return groups(call, collection, answers.body(body, new QueryReader()::queryGroups));
    }

    /** The nearest points to a vector. */
    @POST
    @Path("collections/{collection}/points/search")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> search(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return one(call, collection, answers.body(body, new QueryReader()::search), WireAnswer::scored);
    }

    /** The same for several vectors. */
    @POST
    @Path("collections/{collection}/points/search/batch")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> searchBatch(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return all(call, collection, batch(body, QueryReader::search), WireAnswer::scored);
    }

    /** The nearest points to a vector, in groups. */
    @POST
    @Path("collections/{collection}/points/search/groups")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> searchGroups(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return groups(call, collection, answers.body(body, new QueryReader()::searchGroups));
    }

    /** The nearest points to examples. */
    @POST
    @Path("collections/{collection}/points/recommend")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> recommend(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return one(call, collection, answers.body(body, new QueryReader()::recommend), WireAnswer::scored);
    }

    /** The same for several lists of examples. */
    @POST
    @Path("collections/{collection}/points/recommend/batch")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> recommendBatch(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return all(call, collection, batch(body, QueryReader::recommend), WireAnswer::scored);
    }

    /** The nearest points to examples, in groups. */
    @POST
    @Path("collections/{collection}/points/recommend/groups")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> recommendGroups(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        return groups(call, collection, answers.body(body, new QueryReader()::recommendGroups));
    }

    /** The values of a field, and how many points have each. */
    @POST
    @Path("collections/{collection}/facet")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Blocking
    public Uni<ObjectNode> facet(@BeanParam QdrantCall call, @PathParam("collection") String collection, InputStream body) {
        CollectionName name = CollectionName.of(collection);
        WireRead.Facet facet = answers.body(body, WireRead.Facet::of);
        return answers.read(call, tenant -> searches.facet(tenant, name, facet.key(), facet.filter(), facet.limit()).map(WireAnswer::facet));
    }

    private List<WireQuery> batch(InputStream body, BiFunction<QueryReader, JsonNode, WireQuery> kind) {
        QueryReader reader = new QueryReader();
        return answers.body(body, json -> reader.batch(json, question -> kind.apply(reader, question)));
    }

    private Uni<ObjectNode> one(QdrantCall call, String collection, WireQuery query, Function<List<ScoredPoint>, JsonNode> form) {
        CollectionName name = CollectionName.of(collection);
        return answers.read(call, tenant -> queries.run(tenant, name, query).map(form));
    }

    private Uni<ObjectNode> all(QdrantCall call, String collection, List<WireQuery> list, Function<List<ScoredPoint>, JsonNode> form) {
        CollectionName name = CollectionName.of(collection);
        return answers.read(call, tenant -> queries.runAll(tenant, name, list).map(found -> {
            ArrayNode answer = JsonNodeFactory.instance.arrayNode();
            found.forEach(one -> answer.add(form.apply(one)));
            return answer;
        }));
    }

    private Uni<ObjectNode> groups(QdrantCall call, String collection, WireGroups groups) {
        CollectionName name = CollectionName.of(collection);
        return answers.read(call, tenant -> queries.groups(tenant, name, groups)
                .chain(found -> queries.lookup(tenant, groups, found).map(lookup -> WireAnswer.groups(found, lookup))));
    }
}
