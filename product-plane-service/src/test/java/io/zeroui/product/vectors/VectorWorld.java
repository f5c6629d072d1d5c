package io.zeroui.product.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.FilterEvaluator;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.ScoredPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A tenant's collection in the memory of a test: what every search must find, computed without an index and without a database. */
final class VectorWorld {

    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final double NEAR = 2e-4;

    final TenantId tenant;
    final CollectionName name;
    final Metric metric;
    final Map<PointId, Point> points = new TreeMap<>();
    final Map<PointId, ObjectNode> payloads = new TreeMap<>();

    VectorWorld(String tenant, String name, Metric metric) {
        this.tenant = TenantId.of(tenant);
        this.name = CollectionName.of(name);
        this.metric = metric;
    }

    /** A point near one of some centres, as embeddings are. */
    static float[] clustered(Random random, float[][] centres) {
        float[] centre = centres[(int) (centres.length * Math.pow(random.nextDouble(), 2))];
        float[] vector = new float[centre.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = centre[i] + (float) random.nextGaussian() * 0.25f;
        }
        return vector;
    }

    static float[][] centres(Random random, int count, int dimension) {
        float[][] centres = new float[count][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = (float) random.nextGaussian();
            }
        }
        return centres;
    }

    void add(Point point) {
        points.put(point.id(), point);
        payloads.put(point.id(), point.payload());
    }

    void remove(PointId id) {
        points.remove(id);
        payloads.remove(id);
    }

    /** Writes all of it. */
    void store(Points service) {
        List<Point> all = List.copyOf(points.values());
        for (int from = 0; from < all.size(); from += 1_000) {
            await(service.upsert(tenant, name, all.subList(from, Math.min(all.size(), from + 1_000))));
        }
    }

    double score(float[] one, float[] other) {
        double dot = 0;
        double ones = 0;
        double others = 0;
        double squares = 0;
        double steps = 0;
        for (int i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
            ones += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
            squares += Math.pow((double) one[i] - other[i], 2);
            steps += Math.abs((double) one[i] - other[i]);
        }
        return switch (metric) {
            case COSINE -> dot / Math.sqrt(ones) / Math.sqrt(others);
            case L2 -> Math.sqrt(squares);
            case INNER_PRODUCT -> dot;
            case L1 -> steps;
        };
    }

    /** The nearest that a filter means. */
    List<Scored> nearest(float[] vector, Filter filter, int limit) {
        Comparator<Scored> order = Comparator.comparingDouble(one -> metric.higherIsNearer() ? -one.score() : one.score());
        List<Scored> found = new ArrayList<>();
        points.values().stream().filter(point -> FilterEvaluator.meets(filter, point.id(), point.payload()))
                .forEach(point -> found.add(new Scored(point.id(), score(vector, point.vector()))));
        found.sort(order.thenComparing(Scored::id));
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    /** An id and the score that is computed here. */
    record Scored(PointId id, double score) {
    }

    /**
     * That a result has no foreign and no wrong point, is not too short, and says true scores in order; and, if it must be exact, nothing
     * nearer is missing. Returns the part of the nearest that it has.
     */
    double check(Search search, List<ScoredPoint> found) {
        List<Scored> nearest = nearest(search.vector(), search.filter(), search.limit());
        assertThat(found).as("how many of %s for %s", tenant, search.filter()).hasSize(nearest.size());
        double last = metric.higherIsNearer() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        for (ScoredPoint one : found) {
            Point own = points.get(one.point().id());
            assertThat(own).as("a point of %s", tenant).isNotNull();
            assertThat(FilterEvaluator.meets(search.filter(), own.id(), own.payload())).as("%s of %s", search.filter(), own.payload()).isTrue();
            assertThat(one.score()).isCloseTo(score(search.vector(), own.vector()), org.assertj.core.data.Offset.offset(tolerance(one.score())));
            assertThat(metric.higherIsNearer() ? one.score() <= last : one.score() >= last).as("in order").isTrue();
            last = one.score();
        }
        if (nearest.isEmpty()) {
            return 1;
        }
        double worst = nearest.get(nearest.size() - 1).score();
        long near = found.stream().filter(one -> metric.higherIsNearer() ? one.score() >= worst - tolerance(worst)
                : one.score() <= worst + tolerance(worst)).count();
        if (search.exact()) {
            assertThat(near).as("an exact search is as good as comparing all").isEqualTo(nearest.size());
        }
        return (double) near / nearest.size();
    }

    private static double tolerance(double score) {
        return NEAR * Math.max(1, Math.abs(score)) / 10;
    }

    static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
