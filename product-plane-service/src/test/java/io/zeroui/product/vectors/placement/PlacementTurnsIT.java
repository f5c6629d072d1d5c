package io.zeroui.product.vectors.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.ByHand;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.store.PlacementStore;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of several large collections none waits until another has arrived. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class PlacementTurnsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final CollectionName NAME = CollectionName.of("large");
    private static final int POINTS = 450;

    @Inject
    Collections collections;
    @Inject
    Points points;
    @Inject
    PlacementStore store;
    @Inject
    Growth growth;
    @Inject
    PlacementConfig config;
    @Inject
    DatabaseSchema schema;
    @Inject
    Clock clock;

    private final List<TenantId> tenants = Stream.of("a-", "b-").map(name -> TenantId.of(name + UUID.randomUUID())).toList();

    @Test
    void afterATurnOthersHaveTheirs() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        tenants.forEach(this::fill);
        PlacementKeeper keeper = new PlacementKeeper(store, growth, turns(), schema, clock);
        var first = get(keeper.keep());
        assertThat(tenants).as("both have begun, and none has arrived").allSatisfy(tenant -> assertThat(info(tenant).isMoving()).isTrue());
        tenants.forEach(this::hasAll);
        for (int turn = 0; turn < POINTS / config.batch() + 2; turn++) {
            var next = get(keeper.keep());
        }
        assertThat(tenants).allSatisfy(tenant -> {
            assertThat(info(tenant).isMoving()).isFalse();
            assertThat(info(tenant).placement()).isPositive();
        });
        tenants.forEach(this::hasAll);
    }

    private void fill(TenantId tenant) {
        assertThat(get(collections.create(tenant, NAME, CollectionSpec.of(2, Metric.L2))).name()).isEqualTo(NAME);
        var written = get(points.upsert(tenant, NAME, IntStream.range(0, POINTS).mapToObj(i -> new Point(PointId.of(i), new float[] {i, 1},
                JsonNodeFactory.instance.objectNode())).toList()));
    }

    private void hasAll(TenantId tenant) {
        assertThat(get(points.count(tenant, NAME, Filter.EVERY, true))).isEqualTo(POINTS);
    }

    private CollectionInfo info(TenantId tenant) {
        return get(collections.get(tenant, NAME));
    }

    /** A turn that is over after one step. */
    private PlacementConfig turns() {
        return new PlacementConfig() {

            @Override
            public Duration every() {
                return config.every();
            }

            @Override
            public long threshold() {
                return config.threshold();
            }

            @Override
            public int batch() {
                return config.batch();
            }

            @Override
            public Duration turn() {
                return Duration.ZERO;
            }

            @Override
            public int removed() {
                return config.removed();
            }

            @Override
            public Duration removeEvery() {
                return config.removeEvery();
            }
        };
    }

    private static <T> T get(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
