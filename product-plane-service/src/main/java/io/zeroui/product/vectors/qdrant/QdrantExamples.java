package io.zeroui.product.vectors.qdrant;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.Recommendation;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Example;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the vector that a target means, for which the points of examples are read. */
@ApplicationScoped
class QdrantExamples {

    private static final int EXAMPLES_MOST = 256;
    private static final Returning VECTOR = new Returning(false, List.of(), List.of(), true);

    private final Collections collections;
    private final Points points;

    QdrantExamples(Collections collections, Points points) {
        this.collections = collections;
        this.points = points;
    }

    /**
     * What is searched for.
     *
     * @param vector near to which
     * @param examples points that are not to be among the found
     */
    record Resolved(float[] vector, Set<PointId> examples) {
    }

    /** The vector of a target that has one; 404 for an example that is not there. */
    Uni<Resolved> resolve(TenantId tenant, CollectionName collection, Target target) {
        if (target instanceof Target.Nearest nearest) {
            return Uni.createFrom().item(new Resolved(nearest.vector(), Set.of()));
        }
        if (!(target instanceof Target.Like like)) {
            throw VectorProblem.invalid("query", "must be a vector, an id or a recommendation here");
        }
        if (like.positive().isEmpty()) {
            throw VectorProblem.invalid("positive", "must have at least one example");
        }
        if (like.positive().size() + like.negative().size() > EXAMPLES_MOST) {
            throw VectorProblem.invalid("positive", "and negative must have at most " + EXAMPLES_MOST + " examples");
        }
        Set<PointId> ids = Stream.concat(like.positive().stream(), like.negative().stream())
                .filter(Example.OfPoint.class::isInstance).map(example -> ((Example.OfPoint) example).id()).collect(Collectors.toSet());
        CollectionName source = like.lookup() == null ? collection : like.lookup();
        return collections.get(tenant, collection)
                .chain(asked -> vectors(tenant, source, ids).map(known -> new Resolved(
                        Recommendation.target(asked.spec().metric(), vectors(like.positive(), known), vectors(like.negative(), known)),
                        source.equals(collection) ? ids : Set.of())));
    }

    private Uni<Map<PointId, float[]>> vectors(TenantId tenant, CollectionName source, Set<PointId> ids) {
        return points.get(tenant, source, List.copyOf(ids), VECTOR).map(found -> {
            Map<PointId, float[]> vectors = new HashMap<>();
            for (StoredPoint point : found) {
                float[] vector = point.vector();
                if (vector != null) {
                    vectors.put(point.id(), vector);
                }
            }
            return vectors;
        });
    }

    private static List<float[]> vectors(List<Example> examples, Map<PointId, float[]> known) {
        return examples.stream().map(example -> vector(example, known)).toList();
    }

    private static float[] vector(Example example, Map<PointId, float[]> known) {
        if (example instanceof Example.OfVector of) {
            return of.vector();
        }
        PointId id = ((Example.OfPoint) example).id();
        float[] vector = known.get(id);
        if (vector == null) {
            throw VectorProblem.missing("point " + id);
        }
        return vector;
    }
}
