package io.zeroui.shared.alerts;

import io.zeroui.contracts.Plane;
import io.zeroui.shared.alerts.rules.AlertRule;
import io.zeroui.shared.alerts.rules.AlertState;
import io.zeroui.shared.alerts.rules.Phase;
import io.zeroui.shared.alerts.rules.Reading;
import io.zeroui.shared.alerts.rules.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One look at all instances by all rules. Pure: what it is given decides what it answers. */
final class AlertRound {

    private final List<AlertRule> rules;
    private final Duration gap;
    private final Duration resolvedFor;

    AlertRound(List<AlertRule> rules, Duration gap, Duration resolvedFor) {
        this.rules = rules;
        this.gap = gap;
        this.resolvedFor = resolvedFor;
    }

    /** Which alert: one rule about one instance. */
    record Key(String rule, Plane plane, String instance) {
    }

    /**
     * An instance as it is seen.
     *
     * @param figures by name; of one that is silent only how long it is
     */
    record Seen(Plane plane, String instance, Map<String, Long> figures) {
    }

    /** How an alert stands, with the figure that was seen last. */
    record Standing(Key key, Severity severity, AlertState state, double figure, double threshold) {

        private Standing with(AlertState next) {
            return new Standing(key, severity, next, figure, threshold);
        }
    }

    /** A change; null where there was, or is, no alert. */
    record Transition(Standing alert, @Nullable Phase from, @Nullable Phase to) {
    }

    /**
     * What a look changes.
     *
     * @param kept alerts that are new or not as they were
     * @param gone alerts that are no more
     * @param transitions in the order of instances and rules
     */
    record Outcome(List<Standing> kept, List<Key> gone, List<Transition> transitions) {
    }

    /** The look at a time. Alerts of instances that are not seen, and of rules that are not there, end. */
    Outcome look(Instant at, List<Seen> instances, List<Standing> before) {
        Map<Key, Standing> left = new LinkedHashMap<>();
        before.forEach(standing -> left.put(standing.key(), standing));
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Seen seen : instances) {
            for (AlertRule rule : rules) {
                if (rule.planes().contains(seen.plane())) {
                    Key key = new Key(rule.name(), seen.plane(), seen.instance());
                    step(at, rule, key, seen.figures(), left.remove(key), outcome);
                }
            }
        }
        left.values().forEach(standing -> end(at, standing, outcome));
        return outcome;
    }

    private void step(Instant at, AlertRule rule, Key key, Map<String, Long> figures, @Nullable Standing before, Outcome outcome) {
        Reading reading = rule.read(figures);
        AlertState is = AlertState.next(before == null ? null : before.state(), reading, at, rule, gap);
        if (before == null) {
            if (is != null) {
                Standing raised = new Standing(key, rule.severity(), is, rule.figure(figures), rule.threshold());
                settle(at, null, raised, raised, outcome);
            }
            return;
        }
        if (Objects.equals(is, before.state())) {
            settle(at, before, before, before, outcome);
            return;
        }
        AlertState shown = is == null ? before.state() : is;
        Standing now = new Standing(key, rule.severity(), shown, reading == Reading.MISSING ? before.figure() : rule.figure(figures), rule.threshold());
        settle(at, before, is == null ? null : now, now, outcome);
    }

    /** An alert that nobody looks at any more. */
    private void end(Instant at, Standing standing, Outcome outcome) {
        Standing resolved = standing.state().phase() == Phase.FIRING ? standing.with(new AlertState(Phase.RESOLVED, at, at, null))
                : standing.state().phase() == Phase.RESOLVED ? standing : null;
        settle(at, standing, resolved, standing, outcome);
    }

    private void settle(Instant at, @Nullable Standing before, @Nullable Standing now, Standing shown, Outcome outcome) {
        Phase from = before == null ? null : before.state().phase();
        Phase to = now == null ? null : now.state().phase();
        if (from != to) {
            outcome.transitions().add(new Transition(shown, from, to));
        }
        boolean old = now != null && from == Phase.RESOLVED && to == Phase.RESOLVED
                && Duration.between(now.state().since(), at).compareTo(resolvedFor) >= 0;
        if (now == null || old) {
            outcome.gone().add(shown.key());
        } else if (!now.equals(before)) {
            outcome.kept().add(now);
        }
    }
}
