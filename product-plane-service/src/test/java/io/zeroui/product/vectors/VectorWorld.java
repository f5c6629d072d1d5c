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
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;

/** A tenant's collection in the memory of a test: what every search must find, computed without an index and without a database. */
final class VectorWorld {

    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final double NEAR = 2e-4;

    final TenantId tenant;
    final CollectionName name;
    final Metric metric;
    final Map<PointId, Point> points = new TreeMap<>();
    final Map<PointId, ObjectNode> payloads = new TreeMap<>();
    /** What searches look at, until a point changes: the points, and which of them each filter means that was asked for. */
    private List<Listed> listed = List.of();
    private final Map<Filter, BitSet> meant = new ConcurrentHashMap<>();

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
        forget();
    }

    void remove(PointId id) {
        points.remove(id);
        payloads.remove(id);
        forget();
    }

    private synchronized void forget() {
        listed = List.of();
        meant.clear();
    }

    /** Writes all of it. */
    void store(Points service) {
        List<Point> all = List.copyOf(points.values());
        for (int from = 0; from < all.size(); from += 1_000) {
            await(service.upsert(tenant, name, all.subList(from, Math.min(all.size(), from + 1_000))));
        }
    }

    double score(float[] one, float[] other) {
        return score(one, square(one), other, square(other));
    }

    private double score(float[] one, double oneSquare, float[] other, double otherSquare) {
        return switch (metric) {
            case COSINE -> dot(one, other) / Math.sqrt(oneSquare) / Math.sqrt(otherSquare);
            case L2 -> Math.sqrt(steps(one, other, step -> step * step));
            case INNER_PRODUCT -> dot(one, other);
            case L1 -> steps(one, other, Math::abs);
        };
    }

    private static double square(float[] vector) {
        return dot(vector, vector);
    }

    private static double dot(float[] one, float[] other) {
        double dot = 0;
        for (int i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
        }
        return dot;
    }

    private static double steps(float[] one, float[] other, DoubleUnaryOperator size) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += size.applyAsDouble((double) one[i] - other[i]);
        }
        return sum;
    }

    /** The nearest that a filter means. */
    List<Scored> nearest(float[] vector, Filter filter, int limit) {
        List<Listed> all = listed();
        BitSet among = meant.computeIfAbsent(filter, one -> meant(one, all));
        Comparator<Scored> order = Comparator.<Scored> comparingDouble(one -> far(one.score())).thenComparing(Scored::id);
        PriorityQueue<Scored> kept = new PriorityQueue<>(order.reversed());
        double square = square(vector);
        for (int i = among.nextSetBit(0); i >= 0; i = among.nextSetBit(i + 1)) {
            Point point = all.get(i).point();
            double score = score(vector, square, point.vector(), all.get(i).square());
            if (kept.size() < limit || far(score) <= far(kept.element().score())) {
                kept.add(new Scored(point.id(), score));
                if (kept.size() > limit) {
                    kept.remove();
                }
            }
        }
        return kept.stream().sorted(order).toList();
    }

    private double far(double score) {
        return metric.higherIsNearer() ? -score : score;
    }

    private synchronized List<Listed> listed() {
        if (listed.size() != points.size()) {
            listed = points.values().stream().map(point -> new Listed(point, square(point.vector()))).toList();
        }
        return listed;
    }

    private static BitSet meant(Filter filter, List<Listed> all) {
        BitSet meant = new BitSet(all.size());
        for (int i = 0; i < all.size(); i++) {
            meant.set(i, FilterEvaluator.meets(filter, all.get(i).point().id(), all.get(i).point().payload()));
        }
        return meant;
    }

    /** A point and the square of its vector's length. */
    private record Listed(Point point, double square) {
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
