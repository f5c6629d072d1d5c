package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.filter.PayloadValues;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.store.CollectionAccessStore;
import io.zeroui.product.vectors.store.HybridStore;
import io.zeroui.product.vectors.store.PayloadIndex;
import io.zeroui.product.vectors.store.SearchStore;
import io.zeroui.product.vectors.watch.SearchWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds points by nearness. A result is never shorter than what matches; equal scores are in the order of ids. Every method answers 404
 * where there is no such collection, 400 for a vector that the collection cannot have.
 */
@ApplicationScoped
public class Searches {

    private static final int BATCH_MOST = 100;
    private static final int AT_ONCE = 4;
    private static final int GROUP_MOST = 100;
    private static final int GROUPS_MOST = 1_000;
    private static final int FACETS_MOST = 1_000;

    private final CollectionAccessStore access;
    private final SearchStore store;
    private final HybridStore hybrids;
    private final Points points;
    private final SearchWatch watch;

    Searches(CollectionAccessStore access, SearchStore store, HybridStore hybrids, Points points, SearchWatch watch) {
        this.access = access;
        this.store = store;
        this.hybrids = hybrids;
        this.points = points;
        this.watch = watch;
    }

    /** The nearest points, the nearest first. */
    public Uni<List<ScoredPoint>> search(TenantId tenant, CollectionName collection, Search search) {
        return trace(tenant, collection, search).map(SearchStore.Found::points);
    }

    /** The same, with how they were found. */
    public Uni<SearchStore.Found> trace(TenantId tenant, CollectionName collection, Search search) {
        return access.read(tenant, collection, (in, placed) -> {
            PointRules.checkVector("vector", search.vector(), placed.info().spec());
            PointRules.checkAnswer(search.limit(), search.returning(), placed.info().spec());
            return store.search(in, tenant, placed, search).invoke(found -> watch.note(tenant, placed.info(), search, found));
        });
    }

    /** The same for several, in their order; all of them or a failure. */
    public Uni<List<List<ScoredPoint>>> batch(TenantId tenant, CollectionName collection, List<Search> searches) {
        if (searches.size() > BATCH_MOST) {
            throw VectorProblem.invalid("searches", "must be at most " + BATCH_MOST);
        }
        if (searches.stream().mapToLong(one -> (long) one.limit() * (one.returning().vector() ? one.vector().length : 1)).sum() > PointRules.ANSWERED_MOST
                || searches.stream().mapToLong(Search::limit).sum() > Search.LIMIT_MOST) {
            throw VectorProblem.invalid("searches", "must together have limits of at most " + Search.LIMIT_MOST + ", and with vectors at most "
                    + PointRules.ANSWERED_MOST + " components");
        }
        if (searches.isEmpty()) {
            return access.get(tenant, collection).replaceWith(List.of());
        }
        return Uni.join().all(searches.stream().map(search -> search(tenant, collection, search)).toList())
                .usingConcurrencyOf(AT_ONCE).andFailFast();
    }

    /**
     * The nearest points by the values of a field, the group with the nearest first; among the 10,000 nearest that have a value.
     *
     * @param search its limit is how many groups, 1 to 1,000
     * @param field path of texts or numbers in the payload
     * @param size how many points a group has at most, 1 to 100
     */
    public Uni<List<PointGroup>> groups(TenantId tenant, CollectionName collection, Search search, String field, int size) {
        KeyPath path = KeyPath.of(field);
        if (size < 1 || size > GROUP_MOST || search.limit() > GROUPS_MOST) {
            throw VectorProblem.invalid("group_size", "must be 1 to " + GROUP_MOST + ", and the limit 1 to " + GROUPS_MOST);
        }
        Search whole = search.with(search.filter().and(Filter.mustNot(new Condition.IsEmpty(path))))
                .with(Returning.PAYLOAD);
        int first = Math.min(Search.LIMIT_MOST, 2 * size * search.limit());
        return groups(tenant, collection, search, whole, path, size, first)
                .chain(groups -> search.returning().vector() ? withVectors(tenant, collection, groups) : Uni.createFrom().item(groups));
    }

    /** The nearest points to examples; 404 for an example that is not there. */
    public Uni<List<ScoredPoint>> recommend(TenantId tenant, CollectionName collection, Recommendation recommendation) {
        List<PointId> examples = Stream.concat(recommendation.positive().stream(), recommendation.negative().stream()).distinct().toList();
        return access.get(tenant, collection).chain(placed -> points
                .get(tenant, collection, examples, new Returning(false, List.of(), List.of(), true))
                .map(found -> target(recommendation, found, placed.info().spec().metric())))
                .chain(target -> {
                    Search like = recommendation.search();
                    Filter others = Filter.mustNot(new Condition.HasId(Set.copyOf(examples)));
                    return search(tenant, collection, new Search(target, examples.isEmpty() ? like.filter() : like.filter().and(others), like.limit(),
                            like.offset(), like.threshold(), like.exact(), like.ef(), like.returning()));
                });
    }

    /** The values of a field and how many points have each, the most frequent first; limit 1 to 1,000. */
    public Uni<List<FacetCount>> facet(TenantId tenant, CollectionName collection, String field, Filter filter, int limit) {
        KeyPath path = KeyPath.of(field);
        if (limit < 1 || limit > FACETS_MOST) {
            throw VectorProblem.invalid("limit", "must be 1 to " + FACETS_MOST);
        }
        return access.read(tenant, collection, (in, placed) -> store.facet(in, tenant, placed, path, filter, limit));
    }

    /** The best of nearness and words; 400 where the field has no payload index of type text. */
    public Uni<List<ScoredPoint>> hybrid(TenantId tenant, CollectionName collection, HybridSearch search) {
        KeyPath path = KeyPath.of(search.field());
        return access.read(tenant, collection, (in, placed) -> {
            PointRules.checkVector("vector", search.search().vector(), placed.info().spec());
            PointRules.checkAnswer(search.search().limit(), search.search().returning(), placed.info().spec());
            PayloadIndex index = placed.indexes().stream()
                    .filter(one -> one.isReady() && one.type() == FieldType.TEXT && one.path().equals(path)).findFirst()
                    .orElseThrow(() -> VectorProblem.invalid("field", "must have a payload index of the type text"));
            return hybrids.search(in, tenant, placed, search, index);
        });
    }

    private static float[] target(Recommendation recommendation, List<StoredPoint> found, Metric metric) {
        Map<PointId, float[]> vectors = found.stream()
                .collect(Collectors.toMap(StoredPoint::id, point -> Objects.requireNonNull(point.vector())));
        return Recommendation.target(metric, examples(recommendation.positive(), recommendation.positiveVectors(), vectors),
                examples(recommendation.negative(), recommendation.negativeVectors(), vectors));
    }

    private static List<float[]> examples(List<PointId> ids, List<float[]> given, Map<PointId, float[]> found) {
        List<float[]> examples = new ArrayList<>(given);
        for (PointId id : ids) {
            float[] vector = found.get(id);
            if (vector == null) {
                throw VectorProblem.missing("point as " + id);
            }
            examples.add(vector);
        }
        return examples;
    }

    /** Looks further away until there are groups enough. */
    private Uni<List<PointGroup>> groups(TenantId tenant, CollectionName collection, Search search, Search whole, KeyPath path, int size,
            int depth) {
        return search(tenant, collection, whole.withLimit(depth)).chain(found -> {
            Map<JsonNode, List<ScoredPoint>> groups = new LinkedHashMap<>();
            found.forEach(point -> PayloadValues.elements(Objects.requireNonNull(point.point().payload()), path).stream()
                    .filter(value -> value.isTextual() || value.isNumber()).distinct()
                    .forEach(value -> groups.computeIfAbsent(value, first -> new ArrayList<>()).add(point)));
            boolean isEnough = found.size() < depth || depth == Search.LIMIT_MOST || groups.size() >= search.limit()
                    && groups.values().stream().limit(search.limit()).allMatch(group -> group.size() >= size);
            return isEnough ? Uni.createFrom().item(groups.entrySet().stream().limit(search.limit())
                    .map(group -> new PointGroup(group.getKey(), returned(group.getValue(), search.returning(), size))).toList())
                    : groups(tenant, collection, search, whole, path, size, Math.min(Search.LIMIT_MOST, depth * 4));
        });
    }

    private Uni<List<PointGroup>> withVectors(TenantId tenant, CollectionName collection, List<PointGroup> groups) {
        List<PointId> ids = groups.stream().flatMap(group -> group.points().stream()).map(one -> one.point().id()).distinct().toList();
        return points.get(tenant, collection, ids, new Returning(false, List.of(), List.of(), true)).map(found -> {
            Map<PointId, StoredPoint> vectors = found.stream().collect(Collectors.toMap(StoredPoint::id, point -> point));
            return groups.stream().map(group -> new PointGroup(group.value(), group.points().stream()
                    .filter(one -> vectors.containsKey(one.point().id()))
                    .map(one -> new ScoredPoint(new StoredPoint(one.point().id(), one.point().payload(),
                            Objects.requireNonNull(vectors.get(one.point().id())).vector()), one.score())).toList())).toList();
        });
    }

    private static List<ScoredPoint> returned(List<ScoredPoint> group, Returning returning, int size) {
        return group.stream().limit(size).map(one -> new ScoredPoint(new StoredPoint(one.point().id(),
                returning.select(Objects.requireNonNull(one.point().payload()).deepCopy()), one.point().vector()), one.score())).toList();
    }
}
