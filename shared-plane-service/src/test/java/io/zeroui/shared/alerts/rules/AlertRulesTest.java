package io.zeroui.shared.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRulesTest {

    private static final Map<String, AlertRule> RULES = AlertRules.all().stream().collect(Collectors.toMap(AlertRule::name, rule -> rule));

    /** The seeds' tables: the bound itself is well enough, one step beyond it is not. */
    @ParameterizedTest
    @CsvSource({
            "connections-warning, database_connections_permille, 700, 701, 630", "connections-critical, database_connections_permille, 900, 901, 810",
            "latency-warning, request_p99_micros, 500000, 500001, 450000", "latency-critical, request_p99_micros, 2000000, 2000001, 1800000",
            "vector-latency-warning, vector_search_p99_micros, 200000, 200001, 180000",
            "vector-latency-critical, vector_search_p99_micros, 1000000, 1000001, 900000",
            "backup-age-warning, backup_age_seconds, 7200, 7201, 6480", "backup-age-critical, backup_age_seconds, 21600, 21601, 19440",
            "redis-memory-warning, redis_memory_permille, 700, 701, 630", "redis-memory-critical, redis_memory_permille, 900, 901, 810",
            "cache-hits-warning, database_cache_hit_permille, 950, 949, 960", "replication-lag-warning, database_replication_lag_millis, 10000, 10001, 8000",
            "disk-warning, disk_permille, 800, 801, 720", "backup-missing, backups, 1, 0, 1", "silent-critical, silence_seconds, 60, 61, 30"})
    void aBoundIsCrossedBeyondItAndWellAgainBehindTheOther(String rule, String figure, long bound, long beyond, long well) {
        AlertRule found = RULES.get(rule);
        assertThat(found.read(Map.of(figure, bound))).isNotEqualTo(Reading.BAD);
        assertThat(found.read(Map.of(figure, beyond))).isEqualTo(Reading.BAD);
        assertThat(found.read(Map.of(figure, well))).isEqualTo(Reading.WELL);
        if (bound != well) {
            assertThat(found.read(Map.of(figure, bound))).isEqualTo(Reading.BETWEEN);
        }
    }

    @Test
    void aBudgetBurnsWhenBothSpansSayIt() {
        AlertRule fast = RULES.get("budget-burn-fast-critical");
        assertThat(fast.read(burn(14_401, 14_401))).isEqualTo(Reading.BAD);
        assertThat(fast.read(burn(14_401, 100))).isEqualTo(Reading.WELL);
        assertThat(fast.read(burn(100, 20_000))).isEqualTo(Reading.WELL);
        assertThat(fast.threshold()).isEqualTo(14.4);
    }

    @Test
    void whereTooLittleHappensToSayALatencyAnInstanceThatReportsIsWellAndASilentOneIsUnknown() {
        assertThat(RULES.get("latency-critical").read(Map.of(AlertRules.DEGRADED, 0L))).isEqualTo(Reading.WELL);
        assertThat(RULES.get("latency-critical").read(Map.of(AlertRules.SILENCE, 500L))).isEqualTo(Reading.MISSING);
        assertThat(RULES.get("backup-age-critical").read(Map.of(AlertRules.DEGRADED, 0L))).isEqualTo(Reading.MISSING);
    }

    @Test
    void settingsChangeABoundAndATime() {
        AlertRule changed = RULES.get("connections-warning").withThreshold(0.5).withHold(Duration.ofSeconds(7));
        assertThat(changed.threshold()).isEqualTo(0.5);
        assertThat(changed.hold()).isEqualTo(Duration.ofSeconds(7));
        assertThat(changed.read(Map.of("database_connections_permille", 501L))).isEqualTo(Reading.BAD);
        assertThat(changed.read(Map.of("database_connections_permille", 460L))).isEqualTo(Reading.BETWEEN);
        assertThat(changed.read(Map.of("database_connections_permille", 449L))).isEqualTo(Reading.WELL);
        assertThat(changed.figure(Map.of("database_connections_permille", 501L))).isEqualTo(0.501);
    }

    @Test
    void aBoundThatIsWellWhereItIsBadIsRefused() {
        assertThatThrownBy(() -> Threshold.above("x", 1, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Threshold.below("x", 1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, Long> burn(long hour, long minutes) {
        Map<String, Long> figures = new HashMap<>();
        figures.put("slo_burn_1h_permille", hour);
        figures.put("slo_burn_5m_permille", minutes);
        return figures;
    }
}
