package io.zeroui.product.vectors.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.PointGroup;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.Search;
import io.zeroui.product.vectors.Searches;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.qdrant.wire.WireGroups;
import io.zeroui.product.vectors.qdrant.wire.WireQuery;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Target;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Terms;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers questions for points: what Qdrant asks in one request may be several searches here. */
@ApplicationScoped
class QdrantQueries {

    private final Searches searches;
    private final Points points;
    private final QdrantExamples examples;

    QdrantQueries(Searches searches, Points points, QdrantExamples examples) {
        this.searches = searches;
        this.points = points;
        this.examples = examples;
    }

    /** The points of one question, the best first. */
    Uni<List<ScoredPoint>> run(TenantId tenant, CollectionName collection, WireQuery query) {
        if (query.target() instanceof Target.Nothing) {
            return inOrder(tenant, collection, query);
        }
        if (query.target() instanceof Target.Fusion fusion) {
            return prefetched(tenant, collection, query)
                    .map(answers -> ReciprocalRanks.fuse(answers, fusion.k(), query.terms()))
                    .chain(best -> complete(tenant, collection, best, query.returning()));
        }
        return candidates(tenant, collection, query)
                .chain(among -> search(tenant, collection, query, among))
                .chain(search -> searches.search(tenant, collection, search));
    }

    /** The same for several, one after the other or, where all are plain, together. */
    Uni<List<List<ScoredPoint>>> runAll(TenantId tenant, CollectionName collection, List<WireQuery> queries) {
        if (!queries.isEmpty() && queries.stream().allMatch(QdrantQueries::isPlain)) {
            return Multi.createFrom().iterable(queries)
                    .onItem().transformToUniAndConcatenate(query -> search(tenant, collection, query, null))
                    .collect().asList()
                    .chain(all -> searches.batch(tenant, collection, all));
        }
        return Multi.createFrom().iterable(queries)
                .onItem().transformToUniAndConcatenate(query -> run(tenant, collection, query))
                .collect().asList();
    }

    /** The groups of a question, the one with the best point first. */
    Uni<List<PointGroup>> groups(TenantId tenant, CollectionName collection, WireGroups groups) {
        return search(tenant, collection, groups.query(), null)
                .chain(search -> searches.groups(tenant, collection, search, groups.field(), groups.size()));
    }

    /** The points whose ids are the groups' values, by the value's text. */
    Uni<Map<String, StoredPoint>> lookup(TenantId tenant, WireGroups wanted, List<PointGroup> groups) {
        CollectionName collection = wanted.lookup();
        if (collection == null) {
            return Uni.createFrom().item(Map.of());
        }
        Map<PointId, String> ids = new HashMap<>();
        groups.forEach(group -> idOf(group.value()).ifPresent(id -> ids.put(id, group.value().asText())));
        return points.get(tenant, collection, List.copyOf(ids.keySet()), wanted.lookupReturning()).map(found -> {
            Map<String, StoredPoint> byValue = new HashMap<>();
            found.forEach(point -> byValue.put(ids.getOrDefault(point.id(), ""), point));
            return byValue;
        });
    }

    /** A value that is no id has no point. */
    private static Optional<PointId> idOf(JsonNode value) {
        try {
            return Optional.of(PointId.of(value));
        } catch (ProblemException noId) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(WireQuery query) {
        return query.prefetch().isEmpty() && !(query.target() instanceof Target.Nothing);
    }

    private Uni<Search> search(TenantId tenant, CollectionName collection, WireQuery query, @Nullable Set<PointId> among) {
        Terms terms = query.terms();
        Filter filter = among == null ? query.filter() : query.filter().and(Filter.must(new Condition.HasId(among)));
        boolean exact = terms.exact() || among != null;
        return examples.resolve(tenant, collection, query.target()).map(resolved -> new Search(resolved.vector(),
                resolved.examples().isEmpty() ? filter : filter.and(Filter.mustNot(new Condition.HasId(resolved.examples()))), terms.limit(),
                terms.offset(), terms.threshold(), exact, terms.ef(), query.returning()));
    }

    /** The ids of the points that the questions before found; null where there are no such questions. */
    private Uni<@Nullable Set<PointId>> candidates(TenantId tenant, CollectionName collection, WireQuery query) {
        if (query.prefetch().isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return prefetched(tenant, collection, query).map(answers -> {
            Set<PointId> ids = new HashSet<>();
            answers.forEach(answer -> answer.forEach(found -> ids.add(found.point().id())));
            return ids;
        });
    }

    /** What a question filters, the questions before it filter too. */
    private Uni<List<List<ScoredPoint>>> prefetched(TenantId tenant, CollectionName collection, WireQuery query) {
        return Multi.createFrom().iterable(query.prefetch())
                .onItem().transformToUniAndConcatenate(one -> run(tenant, collection,
                        new WireQuery(one.target(), one.prefetch(), query.filter().and(one.filter()), one.terms(), one.returning())))
                .collect().asList();
    }

    private Uni<List<ScoredPoint>> inOrder(TenantId tenant, CollectionName collection, WireQuery query) {
        Terms terms = query.terms();
        if (terms.threshold() != null) {
            throw VectorProblem.invalid("score_threshold", "is for points with scores, and query is missing");
        }
        if ((long) terms.limit() + terms.offset() > Search.LIMIT_MOST || terms.limit() < 1) {
            throw VectorProblem.invalid("limit", "must be from 1, and with the offset at most " + Search.LIMIT_MOST);
        }
        int wanted = terms.offset() + terms.limit();
        return points.scroll(tenant, collection, query.filter(), null, wanted, query.returning()).map(page -> {
            if (page.points().size() < wanted && page.next() != null) {
                throw VectorProblem.tooLarge("limit", "and offset are of more payload than an answer can have: scroll has pages");
            }
            return page.points().stream().skip(terms.offset()).map(point -> new ScoredPoint(point, 0)).toList();
        });
    }

    /** Fused answers have ids alone; this adds what is wanted of the points, and leaves out those that are gone meanwhile. */
    private Uni<List<ScoredPoint>> complete(TenantId tenant, CollectionName collection, List<ScoredPoint> best, Returning returning) {
        if (best.isEmpty() || !returning.payload() && !returning.vector()) {
            return Uni.createFrom().item(best);
        }
        List<PointId> ids = best.stream().map(found -> found.point().id()).toList();
        return points.get(tenant, collection, ids, returning).map(stored -> {
            Map<PointId, StoredPoint> byId = new HashMap<>();
            stored.forEach(point -> byId.put(point.id(), point));
            return best.stream().flatMap(found -> Optional.ofNullable(byId.get(found.point().id())).stream()
                    .map(point -> new ScoredPoint(point, found.score()))).toList();
        });
    }
}
