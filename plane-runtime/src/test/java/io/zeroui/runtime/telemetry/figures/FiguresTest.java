package io.zeroui.runtime.telemetry.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.zeroui.runtime.telemetry.figures.DatabaseFigureStore.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void theNewestFinishedBackupCounts() throws IOException {
        backup("2026-11-22T07", Duration.ofHours(3));
        backup("2026-11-22T08.dump", Duration.ofHours(2));
        backup("2026-11-22T09.dump.tmp", Duration.ofHours(1));
        backup(".hidden", Duration.ofMinutes(1));
        assertThat(new FileFigures(folder, folder).figures(NOW)).containsEntry("backups", 2L).containsEntry("backup_age_seconds", 7200L);
    }

    @Test
    void whereBackupsShouldBeAndAreNotIsSaidAndWhereNobodyNamesAPlaceNothingIs() {
        assertThat(new FileFigures(folder, folder).figures(NOW)).containsEntry("backups", 0L).doesNotContainKey("backup_age_seconds");
        assertThat(new FileFigures(folder, folder.resolve("none")).figures(NOW)).containsEntry("backups", 0L);
        assertThat(new FileFigures(folder, null).figures(NOW)).doesNotContainKeys("backups", "backup_age_seconds")
                .hasEntrySatisfying("disk_permille", part -> assertThat(part).isBetween(0L, 1001L));
        assertThat(new FileFigures(folder.resolve("none"), null).figures(NOW)).isEmpty();
    }

    @Test
    void cacheHitsAreThoseOfTheSpanAndResetStatisticsBeginAnew() {
        DatabaseFigures figures = new DatabaseFigures(Duration.ofMinutes(5), 100);
        assertThat(figures.figures(0, look(1_000_000, 10))).doesNotContainKey("database_cache_hit_permille")
                .containsEntry("database_connections_permille", 200L).doesNotContainKey("database_replication_lag_millis");
        assertThat(figures.figures(1, look(1_000_060, 50))).containsEntry("database_cache_hit_permille", 600L);
        assertThat(figures.figures(2, look(1_000_061, 5))).doesNotContainKey("database_cache_hit_permille");
        assertThat(figures.figures(3, look(1_000_161, 5))).containsEntry("database_cache_hit_permille", 1000L);
        assertThat(figures.figures(TimeUnit.MINUTES.toNanos(6), look(1_000_162, 5))).doesNotContainKey("database_cache_hit_permille");
    }

    @Test
    void requestsAreCountedByPathAndBurnTheBudgetWhenTheyFail() {
        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.config().meterFilter(new RequestBuckets().requestBuckets());
        RequestFigures figures = new RequestFigures(meters, config());
        figures.figures(0);
        record(meters, "/v1/things", "200", 100, 30);
        record(meters, "/v1/things", "503", 1, 30);
        record(meters, "/collections/{collection}/points/search", "200", 100, 150);
        record(meters, "/v1/policy/stream", "200", 50, 30_000);
        record(meters, "/q/metrics", "500", 500, 9_000);
        Map<String, Long> found = figures.figures(TimeUnit.MINUTES.toNanos(1));
        assertThat(found).containsEntry("requests", 251L).containsEntry("request_failures", 1L);
        assertThat(found.get("request_p99_micros")).isBetween(100_001L, 200_000L);
        assertThat(found.get("vector_search_p99_micros")).isBetween(100_001L, 200_000L);
        assertThat(found.get("slo_burn_5m_permille")).isEqualTo(Math.round(1000 * (1.0 / 251) / (1 - 0.999)));
        assertThat(found).containsKeys("slo_burn_30m_permille", "slo_burn_1h_permille", "slo_burn_6h_permille", "slo_burn_3d_permille");
        Map<String, Long> later = figures.figures(TimeUnit.MINUTES.toNanos(20));
        assertThat(later).doesNotContainKeys("request_p99_micros", "slo_burn_5m_permille").containsKey("slo_burn_30m_permille");
    }

    private void backup(String name, Duration age) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "x");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    private static Look look(long hits, long reads) {
        return new Look(20, 100, hits, reads, 1, 0, null);
    }

    private static void record(MeterRegistry meters, String path, String status, int times, long millis) {
        Timer timer = meters.timer(RequestBuckets.REQUESTS, "uri", path, "status", status, "method", "GET", "outcome", "X");
        for (int i = 0; i < times; i++) {
            timer.record(millis, TimeUnit.MILLISECONDS);
        }
    }

    private static FigureConfig config() {
        return new SmallRyeConfigBuilder().withMapping(FigureConfig.class)
                .withDefaultValue("zeroui.telemetry.figures.groups.vector-search", "/(v1/)?collections/[^/]+/(points/)?(search|query|recommend)(/.*)?")
                .build().getConfigMapping(FigureConfig.class);
    }
}
