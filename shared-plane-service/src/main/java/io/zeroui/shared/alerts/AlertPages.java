package io.zeroui.shared.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.Plane;
import io.zeroui.shared.alerts.rules.AlertRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answers about alerts. */
public final class AlertPages {

    private AlertPages() {
    }

    /**
     * One page of alerts, by rule, plane and instance.
     *
     * @param counts how many there are in all, by severity and state, for example {@code critical_firing}
     * @param alerts this page
     * @param nextCursor where the next page starts; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Alerts(Map<String, Long> counts, List<AlertView> alerts, @Nullable String nextCursor) {

        static Alerts of(Map<String, Long> counts, List<AlertView> found, int limit) {
            return new Alerts(new TreeMap<>(counts), page(found, limit), next(found, limit, AlertCursor::after));
        }
    }

    /**
     * One page of changes, newest first.
     *
     * @param transitions this page
     * @param nextCursor where the next page starts; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record History(List<TransitionView> transitions, @Nullable String nextCursor) {

        static History of(List<TransitionView> found, int limit) {
            return new History(page(found, limit), next(found, limit, AlertCursor::after));
        }
    }

    /**
     * A rule.
     *
     * @param rule its name
     * @param severity {@code warning} or {@code critical}
     * @param planes whose instances it is about
     * @param summary what it means
     * @param threshold its bound
     * @param unit what the bound counts
     * @param holdSeconds how long it must be bad before it fires
     * @param clearSeconds how long it must be well before it is resolved
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Rule(String rule, String severity, List<String> planes, String summary, double threshold, String unit, long holdSeconds,
            long clearSeconds) {

        static Rule of(AlertRule rule) {
            return new Rule(rule.name(), rule.severity().key(), rule.planes().stream().sorted().map(Plane::key).toList(), rule.summary(),
                    rule.threshold(), rule.unit(), rule.hold().toSeconds(), rule.clear().toSeconds());
        }
    }

    /**
     * All rules.
     *
     * @param rules as they are looked at
     */
    public record Rules(List<Rule> rules) {
    }

    private static <T> List<T> page(List<T> found, int limit) {
        return List.copyOf(found.size() > limit ? found.subList(0, limit) : found);
    }

    private static <T> @Nullable String next(List<T> found, int limit, Function<T, AlertCursor> after) {
        return found.size() > limit ? after.apply(found.get(limit - 1)).text() : null;
    }
}
