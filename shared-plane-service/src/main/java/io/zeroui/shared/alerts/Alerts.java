package io.zeroui.shared.alerts;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.alerts.rules.AlertRule;
import io.zeroui.shared.alerts.rules.AlertRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which alerts there are, how they came, and by which rules. */
@ApplicationScoped
public class Alerts {

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final int ALERT_PARTS = 3;
    private static final int TRANSITION_PARTS = 2;

    private final AlertQueryStore store;
    private final AlertConfig config;
    private final DatabaseSchema schema;
    private final List<AlertRule> rules;

    Alerts(AlertQueryStore store, AlertConfig config, DatabaseSchema schema) {
        this.store = store;
        this.config = config;
        this.schema = schema;
        this.rules = rules(config.rules());
    }

    /** The rules that are looked at, with what the settings change. */
    List<AlertRule> rules() {
        return rules;
    }

    /** One page of alerts. */
    Uni<AlertPages.Alerts> list(AlertQuery query, @Nullable String cursor) {
        List<String> after = cursor == null ? List.of("", "", "") : AlertCursor.parse(cursor, ALERT_PARTS).parts();
        return answer(() -> store.counts().chain(counts -> store.list(query, after.get(0), after.get(1), after.get(2))
                .map(found -> AlertPages.Alerts.of(counts, found, query.limit()))));
    }

    /** One page of changes. */
    Uni<AlertPages.History> history(AlertQuery query, Instant since, @Nullable String cursor) {
        Before before = cursor == null ? new Before(LATEST, Long.MAX_VALUE) : Before.parse(cursor);
        return answer(() -> store.history(query, since, before.at(), before.number())
                .map(found -> AlertPages.History.of(found, query.limit())));
    }

    private record Before(Instant at, long number) {

        static Before parse(String cursor) {
            List<String> parts = AlertCursor.parse(cursor, TRANSITION_PARTS).parts();
            try {
                Instant at = Instant.parse(parts.get(0));
                if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
                    throw AlertCursor.wrong();
                }
                return new Before(at, Long.parseLong(parts.get(1)));
            } catch (DateTimeException | NumberFormatException e) {
                throw AlertCursor.wrong();
            }
        }
    }

    private static List<AlertRule> rules(Map<String, AlertConfig.Change> changes) {
        List<AlertRule> all = AlertRules.all();
        Set<String> unknown = new TreeSet<>(changes.keySet());
        unknown.removeAll(all.stream().map(AlertRule::name).collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("zeroui.alerts.rules names rules that are not there: " + unknown);
        }
        return all.stream().filter(rule -> !changes.containsKey(rule.name()) || changes.get(rule.name()).enabled())
                .map(rule -> changed(rule, changes.get(rule.name()))).toList();
    }

    private static AlertRule changed(AlertRule rule, AlertConfig.@Nullable Change change) {
        if (change == null) {
            return rule;
        }
        AlertRule held = change.hold().map(rule::withHold).orElse(rule);
        return change.threshold().map(held::withThreshold).orElse(held);
    }

    private <T> Uni<T> answer(Supplier<Uni<T>> question) {
        if (!schema.isReady()) {
            return Uni.createFrom().failure(unavailable());
        }
        return question.get().ifNoItem().after(config.timeout()).fail()
                .onFailure(DatabaseFailures::isUnavailable).transform(failure -> unavailable());
    }

    private static ProblemException unavailable() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the shared plane does not answer");
    }
}
