package io.zeroui.runtime.telemetry.figures;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.streams.RedisMemory;
import io.zeroui.runtime.telemetry.TelemetrySource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Measures now and then and tells what it measured last: a report waits for nothing. What could not be measured is left out. */
@ApplicationScoped
public class PlaneFigures implements TelemetrySource {

    private static final Logger LOG = Logger.getLogger(PlaneFigures.class);
    private static final double WHOLE = 1000;

    private final FigureConfig config;
    private final DatabaseSchema schema;
    private final DatabaseFigureStore store;
    private final RedisMemory redis;
    private final Clock clock;
    private final DatabaseFigures database;
    private final RequestFigures requests;
    private final FileFigures files;
    private final long begun = System.nanoTime();
    private volatile Map<String, Long> last = Map.of();

    PlaneFigures(FigureConfig config, PlaneConfig plane, DatabaseSchema schema, DatabaseFigureStore store, RedisMemory redis, Clock clock,
            MeterRegistry meters) {
        this.config = config;
        this.schema = schema;
        this.store = store;
        this.redis = redis;
        this.clock = clock;
        this.database = new DatabaseFigures(config.window(), config.blocksLeast());
        this.requests = new RequestFigures(meters, config);
        this.files = new FileFigures(plane.fabric().root(), config.backups().map(folder -> folder.resolve(plane.plane())).orElse(null));
        gauge(meters, "zeroui_database_connections_used", "Part of the connections of the database's server that is in use, 0 to 1",
                "database_connections_permille", WHOLE);
        gauge(meters, "zeroui_database_cache_hits", "Part of the blocks that PostgreSQL found in its cache in the last minutes, 0 to 1",
                "database_cache_hit_permille", WHOLE);
        gauge(meters, "zeroui_database_size_bytes", "Size of the database", "database_bytes", 1);
        gauge(meters, "zeroui_database_replicas", "Servers that follow the database's", "database_replicas", 1);
        gauge(meters, "zeroui_database_replication_lag_seconds", "How far the last replica is behind; NaN where none is seen",
                "database_replication_lag_millis", WHOLE);
        gauge(meters, "zeroui_disk_used", "Part of the disk of ZU_ROOT that is in use, 0 to 1", "disk_permille", WHOLE);
        gauge(meters, "zeroui_backups", "Backups in the folder for them; NaN where none is named", "backups", 1);
        gauge(meters, "zeroui_backup_age_seconds", "Age of the newest backup; NaN where none is known", "backup_age_seconds", 1);
        if (config.redis()) {
            gauge(meters, "zeroui_redis_memory_used", "Part of the memory of Redis that is in use, 0 to 1", "redis_memory_permille", WHOLE);
        }
    }

    @Override
    public Uni<Map<String, Long>> counts() {
        return Uni.createFrom().item(() -> last);
    }

    /** Measures once; never fails. */
    @Scheduled(every = "${zeroui.telemetry.figures.every:PT10S}", concurrentExecution = ConcurrentExecution.SKIP)
    public Uni<Void> measure() {
        Map<String, Long> found = new TreeMap<>();
        return Uni.createFrom().item(() -> files.figures(clock.instant()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(found::putAll)
                .chain(() -> database())
                .invoke(found::putAll)
                .chain(() -> redis())
                .invoke(found::putAll)
                .invoke(() -> found.putAll(requests.figures(System.nanoTime() - begun)))
                .onFailure().invoke(failure -> LOG.warn("this plane could not measure itself", failure))
                .onFailure().recoverWithItem(Map.of())
                .invoke(() -> last = Map.copyOf(found))
                .replaceWithVoid();
    }

    private Uni<Map<String, Long>> database() {
        if (!schema.isReady()) {
            return Uni.createFrom().item(Map.of());
        }
        return store.look().map(look -> database.figures(System.nanoTime(), look))
                .ifNoItem().after(config.timeout()).fail()
                .onFailure().invoke(failure -> LOG.debugf("the database was not measured: %s", failure))
                .onFailure().recoverWithItem(Map.of());
    }

    private Uni<Map<String, Long>> redis() {
        if (!config.redis()) {
            return Uni.createFrom().item(Map.of());
        }
        return redis.usage().map(usage -> Map.of("redis_memory_bytes", usage.usedBytes(), "redis_memory_permille", usage.permille()))
                .ifNoItem().after(config.timeout()).fail()
                .onFailure().invoke(failure -> LOG.debugf("Redis was not measured: %s", failure))
                .onFailure().recoverWithItem(Map.of());
    }

    private void gauge(MeterRegistry meters, String name, String description, String figure, double unit) {
        Gauge.builder(name, this, figures -> {
            Long value = figures.last.get(figure);
            return value == null ? Double.NaN : value / unit;
        }).description(description).register(meters);
    }
}
