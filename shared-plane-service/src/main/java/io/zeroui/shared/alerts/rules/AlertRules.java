package io.zeroui.shared.alerts.rules;

import static io.zeroui.shared.alerts.rules.Severity.CRITICAL;
import static io.zeroui.shared.alerts.rules.Severity.WARNING;

import io.zeroui.contracts.Plane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The rules that are there from the start. Bounds of connections, latencies, backups and Redis are those of the seeds ("Alert Thresholds",
 * "Alerting Thresholds"); burn rates are those of The Site Reliability Workbook, chapter 5, table 5-8.
 */
public final class AlertRules {

    /** Seconds since an instance reported; said by the shared plane itself. */
    public static final String SILENCE = "silence_seconds";

    /** 1 where an instance says that it is degraded, else 0; said by the shared plane itself. */
    public static final String DEGRADED = "degraded";

    private static final double HOUR = 3600;
    private static final double MICROS = 1_000_000;
    private static final double THOUSANDTHS = 1000;
    private static final Set<Plane> ALL = EnumSet.allOf(Plane.class);
    private static final Set<Plane> SERVERS = EnumSet.complementOf(EnumSet.of(Plane.IDE));
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration STEADY = Duration.ofMinutes(5);

    private AlertRules() {
    }

    /** All of them, each name once. */
    public static List<AlertRule> all() {
        List<AlertRule> rules = new ArrayList<>();
        pair(rules, "connections", ALL, "database_connections_permille", THOUSANDTHS, "ratio", 0.70, 0.90, "Connections of the database are used up");
        pair(rules, "latency", ALL, "request_p99_micros", MICROS, "seconds", 0.5, 2, "The slowest hundredth of the requests is slow");
        pair(rules, "vector-latency", EnumSet.of(Plane.PRODUCT), "vector_search_p99_micros", MICROS, "seconds", 0.2, 1,
                "The slowest hundredth of the searches by nearness is slow");
        pair(rules, "backup-age", ALL, "backup_age_seconds", 1, "seconds", 2 * HOUR, 6 * HOUR,
                "The newest backup is old");
        pair(rules, "redis-memory", EnumSet.of(Plane.SHARED), "redis_memory_permille", THOUSANDTHS, "ratio", 0.70, 0.90, "Redis is full");
        pair(rules, "disk", ALL, "disk_permille", THOUSANDTHS, "ratio", 0.80, 0.90, "The disk of ZU_ROOT is full");
        rules.add(new AlertRule("backup-missing", CRITICAL, ALL, List.of(Threshold.below("backups", 1, 1, 1)), "count", false, SOON, Duration.ZERO,
                "There is no backup where backups should be"));
        rules.add(new AlertRule("cache-hits-warning", WARNING, ALL, List.of(Threshold.below("database_cache_hit_permille", THOUSANDTHS, 0.95, 0.96)),
                "ratio", true, STEADY, STEADY, "PostgreSQL reads too much from the disk"));
        rules.add(new AlertRule("replication-lag-warning", WARNING, ALL, List.of(Threshold.above("database_replication_lag_millis", THOUSANDTHS, 10, 8)),
                "seconds", false, SOON, SOON, "A replica of the database is behind"));
        rules.add(new AlertRule("degraded-warning", WARNING, ALL, List.of(Threshold.above(DEGRADED, 1, 0, 0)), "count", false, SOON, SOON,
                "An instance says that something is the matter"));
        rules.add(new AlertRule("silent-critical", CRITICAL, SERVERS, List.of(Threshold.above(SILENCE, 1, 60, 30)), "seconds", false,
                Duration.ofSeconds(30), Duration.ZERO, "An instance reports no more"));
        rules.add(new AlertRule("silent-edge-warning", WARNING, EnumSet.of(Plane.IDE), List.of(Threshold.above(SILENCE, 1, 900, 30)), "seconds", false, SOON,
                Duration.ZERO, "An edge reports no more"));
        burn(rules, "budget-burn-fast", CRITICAL, "1h", "5m", 14.4, "2 % of a month's failures in an hour");
        burn(rules, "budget-burn", CRITICAL, "6h", "30m", 6, "5 % of a month's failures in six hours");
        burn(rules, "budget-burn-slow", WARNING, "3d", "6h", 1, "10 % of a month's failures in three days");
        return List.copyOf(rules);
    }

    /** Warning and critical of one figure of which more is worse; it is well a tenth below the bound. */
    private static void pair(List<AlertRule> rules, String name, Set<Plane> planes, String figure, double unit, String counted, double warning,
            double critical, String summary) {
        boolean quietIsWell = figure.endsWith("_micros");
        rules.add(new AlertRule(name + "-warning", WARNING, planes, List.of(Threshold.above(figure, unit, warning, warning * 0.9)), counted,
                quietIsWell, STEADY, SOON, summary));
        rules.add(new AlertRule(name + "-critical", CRITICAL, planes, List.of(Threshold.above(figure, unit, critical, critical * 0.9)), counted,
                quietIsWell, SOON, SOON, summary));
    }

    /** Two spans: the long one says that it matters, the short one that it goes on. */
    private static void burn(List<AlertRule> rules, String name, Severity severity, String longSpan, String shortSpan, double times, String summary) {
        rules.add(new AlertRule(name + "-" + severity.key(), severity, ALL,
                List.of(Threshold.above("slo_burn_" + longSpan + "_permille", THOUSANDTHS, times, times),
                        Threshold.above("slo_burn_" + shortSpan + "_permille", THOUSANDTHS, times, times)),
                "times", true, Duration.ZERO, Duration.ZERO, summary));
    }
}
