package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.filter.PayloadValues;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.placement.Growth;
import io.zeroui.product.vectors.store.CollectionAccessStore;
import io.zeroui.product.vectors.store.PointStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The points of tenants' collections: written, read by id, changed and counted. Every method answers 404 where there is no such collection. */
@ApplicationScoped
public class Points {

    private static final long COUNTED_MOST = 100_000;
    private static final int PAGE_MOST = 10_000;
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final CollectionAccessStore access;
    private final PointStore store;
    private final Growth growth;

    Points(CollectionAccessStore access, PointStore store, Growth growth) {
        this.access = access;
        this.store = store;
        this.growth = growth;
    }

    /**
     * A point in the order of a field.
     *
     * @param value the number or the time by which it has its place
     */
    public record Ordered(StoredPoint point, JsonNode value) {
    }

    /**
     * Writes points, those that are there too; of the same id twice the last. All of them or none. 400 for a vector that the collection
     * cannot have, 413 for a payload or a call that is too large, with the place in the list.
     */
    public Uni<Void> upsert(TenantId tenant, CollectionName collection, List<Point> points) {
        return access.write(tenant, collection, (in, placed) -> {
            Collection<Point> checked = PointRules.checked(points, placed.info().spec());
            return checked.isEmpty() ? Uni.createFrom().item(placed)
                    : store.upsert(in, tenant, placed, checked).replaceWith(placed);
        }).invoke(placed -> growth.note(placed.info().id(), points.size())).replaceWithVoid();
    }

    /** Those of these ids that are there, in the order in which they are asked for. */
    public Uni<List<StoredPoint>> get(TenantId tenant, CollectionName collection, List<PointId> ids, Returning returning) {
        if (ids.size() > PAGE_MOST) {
            throw VectorProblem.invalid("ids", "must be at most " + PAGE_MOST);
        }
        return access.read(tenant, collection, (in, placed) -> {
            PointRules.checkAnswer(ids.size(), returning, placed.info().spec());
            return store.get(in, tenant, placed, ids, returning);
        }).map(found -> {
            Map<PointId, StoredPoint> byId = new HashMap<>();
            found.forEach(point -> byId.put(point.id(), point));
            return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
        });
    }

    /** Deletes points; how many those were. By a filter in steps: after a failure some may be gone, and the same again deletes the rest. */
    public Uni<Long> delete(TenantId tenant, CollectionName collection, PointSelector which) {
        return each(tenant, collection, which, PointRules.STEP, (ids, filter) -> access.write(tenant, collection,
                (in, placed) -> store.delete(in, tenant, placed, ids, filter).invoke(gone -> growth.note(placed.info().id(), gone))));
    }

    /**
     * A page of points in the order of their ids.
     *
     * @param from the first id that may be in it; null for the beginning
     * @param limit 1 to 10,000
     */
    public Uni<PointPage> scroll(TenantId tenant, CollectionName collection, Filter filter, @Nullable PointId from, int limit,
            Returning returning) {
        checkPage(limit);
        return access.read(tenant, collection, (in, placed) -> {
            PointRules.checkAnswer(limit, returning, placed.info().spec());
            return store.scroll(in, tenant, placed, filter, from, limit + 1, returning);
        }).map(found -> found.points().size() <= limit ? new PointPage(found.points(), found.cutAt())
                : new PointPage(found.points().subList(0, limit), found.points().get(limit).id()));
    }

    /**
     * Points that have a number or a time in a field, in the order of that; of several values the least, and descending the greatest. All
     * are looked at.
     *
     * @param startFrom the first value that may be in it, a number or a time; null for the beginning
     * @param limit 1 to 10,000
     */
    public Uni<List<Ordered>> ordered(TenantId tenant, CollectionName collection, Filter filter, String field, boolean ascending,
            @Nullable JsonNode startFrom, int limit, Returning returning) {
        checkPage(limit);
        KeyPath path = KeyPath.of(field);
        BigDecimal from = startFrom == null || startFrom.isNull() ? null : place(startFrom);
        if (from != null) {
            PointRules.checkDigits("start_from", from);
        }
        Returning whole = new Returning(true, List.of(), List.of(), returning.vector());
        return access.read(tenant, collection, (in, placed) -> {
            PointRules.checkAnswer(limit, returning, placed.info().spec());
            return store.ordered(in, tenant, placed, filter, path, ascending, from, limit, whole);
        }).map(found -> found.stream().map(point -> ordered(point, path, ascending, returning)).toList());
    }

    /** How many points a filter means; not exactly: those of the first 100,000 that it means, at most so many. */
    public Uni<Long> count(TenantId tenant, CollectionName collection, Filter filter, boolean exact) {
        return access.read(tenant, collection,
                (in, placed) -> store.count(in, tenant, placed, filter, exact ? Long.MAX_VALUE : COUNTED_MOST));
    }

    /** Changes payloads; of how many points. In steps, as {@link #delete}. */
    public Uni<Long> changePayload(TenantId tenant, CollectionName collection, PointSelector which, PayloadChange change) {
        PayloadEdits.check(change);
        return each(tenant, collection, which, PointRules.PAYLOAD_STEP, (ids, filter) -> access.write(tenant, collection,
                (in, placed) -> store.lockPayloads(in, tenant, placed, ids, filter).chain(found -> {
                    Map<PointId, ObjectNode> changed = new TreeMap<>();
                    found.forEach(point -> {
                        ObjectNode payload = PayloadEdits.apply(point.payload(), change);
                        PointRules.checkPayload("payload", payload);
                        changed.put(point.id(), payload);
                    });
                    return changed.isEmpty() ? Uni.createFrom().item(0L)
                            : store.setPayloads(in, tenant, placed, changed).replaceWith((long) changed.size());
                })));
    }

    /** Gives points other vectors; 404 where one of them is not there, and then none is changed. */
    public Uni<Void> updateVectors(TenantId tenant, CollectionName collection, Map<PointId, float[]> vectors) {
        if (vectors.isEmpty()) {
            return access.get(tenant, collection).replaceWithVoid();
        }
        return access.write(tenant, collection, (in, placed) -> {
            if (vectors.size() > PointRules.POINTS_MOST) {
                throw VectorProblem.tooLarge("points", "must be at most " + PointRules.POINTS_MOST + " at once");
            }
            vectors.forEach((id, vector) -> PointRules.checkVector("vector of the point " + id, vector, placed.info().spec()));
            return store.setVectors(in, tenant, placed, vectors).invoke(changed -> {
                if (changed < vectors.size()) {
                    throw VectorProblem.missing("point: one of those named is not there");
                }
            });
        }).replaceWithVoid();
    }

    /** Does something to the ids that a filter means now, so many at a time; the sum of what it answers. */
    Uni<Long> eachStep(TenantId tenant, CollectionName collection, Filter filter, int size, Function<List<PointId>, Uni<Long>> step) {
        return Uni.createFrom().deferred(() -> {
            Progress progress = new Progress();
            return Uni.createFrom().deferred(() -> scroll(tenant, collection, filter, progress.from, size, Returning.NOTHING)
                    .chain(page -> page.points().isEmpty() ? Uni.createFrom().item(false)
                            : step.apply(page.points().stream().map(StoredPoint::id).toList()).map(count -> progress.goOn(count, page.next()))))
                    .repeat().whilst(isMore -> isMore)
                    .collect().last().map(last -> progress.sum);
        });
    }

    /** Where a change by a filter is. */
    private static final class Progress {

        private @Nullable PointId from;
        private long sum;

        private boolean goOn(long count, @Nullable PointId next) {
            sum += count;
            from = next;
            return next != null;
        }
    }

    private interface Step {
        Uni<Long> on(Collection<PointId> ids, Filter filter);
    }

    private Uni<Long> each(TenantId tenant, CollectionName collection, PointSelector which, int size, Step step) {
        if (which instanceof PointSelector.Ids selected) {
            List<PointId> ids = selected.ids().stream().distinct().toList();
            if (ids.size() > PAGE_MOST) {
                throw VectorProblem.invalid("points", "must be at most " + PAGE_MOST + " ids");
            }
            List<List<PointId>> slices = new ArrayList<>(List.of(ids.subList(0, Math.min(size, ids.size()))));
            for (int from = size; from < ids.size(); from += size) {
                slices.add(ids.subList(from, Math.min(from + size, ids.size())));
            }
            return Multi.createFrom().iterable(slices).onItem().transformToUniAndConcatenate(slice -> step.on(slice, Filter.EVERY))
                    .collect().with(Collectors.summingLong(Long::longValue));
        }
        Filter filter = ((PointSelector.Matching) which).filter();
        return eachStep(tenant, collection, filter, size, ids -> step.on(ids, filter));
    }

    private static Ordered ordered(StoredPoint point, KeyPath path, boolean ascending, Returning returning) {
        ObjectNode payload = Objects.requireNonNull(point.payload());
        JsonNode best = null;
        for (JsonNode value : PayloadValues.elements(payload, path)) {
            if ((value.isNumber() || value.isTextual() && PayloadValues.time(value.textValue()).isPresent()) && (best == null
                    || (ascending ? place(value).compareTo(place(best)) < 0 : place(value).compareTo(place(best)) > 0))) {
                best = value;
            }
        }
        return new Ordered(new StoredPoint(point.id(), returning.select(payload), point.vector()), best == null ? TextNode.valueOf("") : best);
    }

    /** Where a number, or a time by its microseconds, stands in the order. */
    private static BigDecimal place(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        return PayloadValues.time(value.asText()).map(time -> BigDecimal.valueOf(time.getEpochSecond()).multiply(MILLION)
                .add(BigDecimal.valueOf(time.getNano() / 1_000)))
                .orElseThrow(() -> VectorProblem.invalid("start_from", "must be a number, or a time as RFC 3339 writes it"));
    }

    private static void checkPage(int limit) {
        if (limit < 1 || limit > PAGE_MOST) {
            throw VectorProblem.invalid("limit", "must be 1 to " + PAGE_MOST);
        }
    }
}
