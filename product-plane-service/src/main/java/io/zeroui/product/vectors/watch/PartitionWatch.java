package io.zeroui.product.vectors.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.zeroui.runtime.database.DatabaseSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** Dead rows, moves and index builds of partitions as metrics. */
@ApplicationScoped
class PartitionWatch {

    private static final Logger LOG = Logger.getLogger(PartitionWatch.class);

    private final PartitionStore store;
    private final DatabaseSchema schema;
    private final MultiGauge live;
    private final MultiGauge dead;
    private final MultiGauge moving;
    private final MultiGauge built;

    PartitionWatch(PartitionStore store, DatabaseSchema schema, MeterRegistry meters) {
        this.store = store;
        this.schema = schema;
        this.live = MultiGauge.builder("zeroui_vectors_points").description("Points of a partition, as estimated").register(meters);
        this.dead = MultiGauge.builder("zeroui_vectors_dead_tuples").description("Dead rows of a partition, as estimated").register(meters);
        this.moving = MultiGauge.builder("zeroui_vectors_moving").description("1 while points come into the partition").register(meters);
        this.built = MultiGauge.builder("zeroui_vectors_index_built").description("How much of the index is there, 0 to 1").register(meters);
    }

    @Scheduled(every = "${zeroui.vectors.watch.every:PT10S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return store.states()
                .invoke(states -> {
                    set(live, states, PartitionStore.State::live);
                    set(dead, states, PartitionStore.State::dead);
                    set(moving, states, PartitionStore.State::moving);
                    set(built, states, PartitionStore.State::built);
                })
                .onFailure().invoke(cause -> LOG.debugf("partitions were not looked at: %s", cause.getMessage()))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    private static void set(MultiGauge gauge, List<PartitionStore.State> states, ToDoubleFunction<PartitionStore.State> value) {
        gauge.register(states.stream().<MultiGauge.Row<?>> map(state -> MultiGauge.Row.of(Tags.of("collection", state.collection()),
                value.applyAsDouble(state))).toList(), true);
    }
}
