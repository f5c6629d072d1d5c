package io.zeroui.shared.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.shared.alerts.rules.AlertRule;
import io.zeroui.shared.alerts.rules.Phase;
import io.zeroui.shared.alerts.rules.Severity;
import io.zeroui.shared.alerts.rules.Threshold;
import io.zeroui.shared.months.MonthTable;
import io.zeroui.shared.months.Months;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Looks at all instances now and then, keeps the months of the changes, and shows alerts as metrics. */
@ApplicationScoped
public class AlertKeeper {

    private static final Logger LOG = Logger.getLogger(AlertKeeper.class);
    private static final int SHOWN_MOST = 1000;

    private final AlertStore store;
    private final AlertQueryStore queries;
    private final AlertConfig config;
    private final DatabaseSchema schema;
    private final Months months;
    private final Clock clock;
    private final AlertRound round;
    private final Set<String> figures;
    private final Counter looks;
    private final Counter failures;
    private final Timer looking;
    private final MultiGauge firing;
    private volatile Map<String, Long> counts = Map.of();

    AlertKeeper(AlertStore store, AlertQueryStore queries, Alerts alerts, AlertConfig config, DatabaseSchema schema, Months months, Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.queries = queries;
        this.config = config;
        this.schema = schema;
        this.months = months;
        this.clock = clock;
        List<AlertRule> rules = alerts.rules();
        this.round = new AlertRound(rules, config.gap(), config.resolvedFor());
        this.figures = rules.stream().flatMap(rule -> rule.thresholds().stream()).map(Threshold::figure).collect(Collectors.toSet());
        this.looks = meters.counter("zeroui_alerts_looks", "outcome", "done");
        this.failures = meters.counter("zeroui_alerts_looks", "outcome", "failed");
        this.looking = meters.timer("zeroui_alerts_look");
        this.firing = MultiGauge.builder("zeroui_alert_firing").description("1 for every alert that is firing").register(meters);
        for (Severity severity : Severity.values()) {
            for (Phase phase : Phase.values()) {
                Gauge.builder("zeroui_alerts", this, keeper -> keeper.counts.getOrDefault(severity.key() + "_" + phase.key(), 0L))
                        .description("Alerts by severity and state").tags("severity", severity.key(), "state", phase.key()).register(meters);
            }
        }
    }

    /** One look; never fails. */
    @Scheduled(every = "${zeroui.alerts.every:PT10S}", concurrentExecution = ConcurrentExecution.SKIP)
    public Uni<Void> look() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        long start = System.nanoTime();
        return months.ready(MonthTable.ALERT_TRANSITIONS, clock.instant())
                .chain(() -> store.look(figures, config.freshFor(), round::look))
                .invoke(outcome -> looking.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
                .chain(() -> show())
                .ifNoItem().after(config.timeout()).fail()
                .invoke(() -> looks.increment())
                .onFailure().invoke(failure -> {
                    failures.increment();
                    LOG.warnf("alerts were not looked at: %s", failure);
                })
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    /** Drops the months of changes that are too old; never fails. */
    @Scheduled(every = "PT1H", delayed = "20s", concurrentExecution = ConcurrentExecution.SKIP)
    public Uni<Void> clean() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return months.drop(MonthTable.ALERT_TRANSITIONS, clock.instant().minus(config.retention()))
                .ifNoItem().after(config.timeout()).fail()
                .onFailure().invoke(failure -> LOG.warnf("old changes of alerts were not dropped: %s", failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> show() {
        AlertQuery all = new AlertQuery(Phase.FIRING.key(), null, null, null, null, SHOWN_MOST);
        return queries.counts().invoke(found -> counts = Map.copyOf(found))
                .chain(() -> queries.list(all, "", "", ""))
                .invoke(alerts -> firing.register(alerts.stream().<MultiGauge.Row<?>> map(alert -> MultiGauge.Row.of(Tags.of("rule", alert.rule(),
                        "severity", alert.severity(), "about_plane", alert.plane(), "about_instance", alert.instance()), 1)).toList(), true))
                .replaceWithVoid();
    }
}
