package io.zeroui.shared.alerts.rules;

import io.zeroui.contracts.Plane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When an alert is raised about an instance, and when it ends.
 *
 * @param name of the rule
 * @param severity how bad it is
 * @param planes whose instances it is about
 * @param thresholds it is bad when all of them are crossed, and well when one of them is well; the first one's figure is shown
 * @param unit what the first one's bound counts: {@code ratio}, {@code seconds}, {@code times}, {@code count}
 * @param quietIsWell whether an instance that reports, but not this figure, is well: too little happened to say one
 * @param hold how long it must be bad without a break before it fires
 * @param clear how long it must be well without a break before it is resolved
 * @param summary what it means, for people
 */
public record AlertRule(String name, Severity severity, Set<Plane> planes, List<Threshold> thresholds, String unit,
        boolean quietIsWell, Duration hold, Duration clear, String summary) {

    public AlertRule {
        planes = Set.copyOf(planes);
        thresholds = List.copyOf(thresholds);
        if (thresholds.isEmpty() || hold.isNegative() || clear.isNegative()) {
            throw new IllegalArgumentException("the rule " + name + " has no threshold, or a time below zero");
        }
    }

    /** What the figures of an instance say; one that reports has {@link AlertRules#DEGRADED} among them. */
    public Reading read(Map<String, Long> figures) {
        boolean bad = true;
        boolean well = false;
        for (Threshold threshold : thresholds) {
            Reading one = threshold.read(figures);
            if (one == Reading.MISSING) {
                return quietIsWell && figures.containsKey(AlertRules.DEGRADED) ? Reading.WELL : Reading.MISSING;
            }
            bad &= one == Reading.BAD;
            well |= one == Reading.WELL;
        }
        return bad ? Reading.BAD : well ? Reading.WELL : Reading.BETWEEN;
    }

    /** The bound that is shown. */
    public double threshold() {
        return thresholds.get(0).fires();
    }

    /** The figure that is shown, in the unit of the bound; 0 where it is not among them. */
    public double figure(Map<String, Long> figures) {
        Threshold first = thresholds.get(0);
        return figures.getOrDefault(first.figure(), 0L) / first.unit();
    }

    /** The rule with another first bound. */
    public AlertRule withThreshold(double bound) {
        List<Threshold> moved = new ArrayList<>(thresholds);
        moved.set(0, thresholds.get(0).movedTo(bound));
        return new AlertRule(name, severity, planes, moved, unit, quietIsWell, hold, clear, summary);
    }

    /** The rule with another time that it must be bad. */
    public AlertRule withHold(Duration time) {
        return new AlertRule(name, severity, planes, thresholds, unit, quietIsWell, time, clear, summary);
    }
}
