package io.zeroui.shared.alerts.rules;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an alert stands, and the step to the next reading. What changes a state must be seen without a break: never more than {@code gap}
 * between two readings, and no clock that goes back. So neither a jump of the clock nor a pause of whoever looks raises or ends an alert.
 *
 * <ul>
 * <li>Nothing is the matter (null) until the first bad reading; then it is pending, and firing once it was bad for the rule's time.
 * <li>Pending ends with a reading that is not bad, or when nothing was known for longer than the gap.
 * <li>Firing ends as resolved once it was well for the rule's time. While nothing is known, or what is known lies between, it fires on.
 * <li>Resolved is as nothing, but is remembered.
 * </ul>
 *
 * @param phase how it stands
 * @param since since when
 * @param seen time of the last reading that was not missing
 * @param run since when what would change the phase holds without a break; null where it does not
 */
public record AlertState(Phase phase, Instant since, Instant seen, @Nullable Instant run) {

    /** The state after a reading; null where nothing is the matter. */
    public static @Nullable AlertState next(@Nullable AlertState before, Reading reading, Instant at, AlertRule rule, Duration gap) {
        if (before == null || before.phase == Phase.RESOLVED) {
            return reading == Reading.BAD ? raised(at, at, rule) : before;
        }
        boolean unbroken = !at.isBefore(before.seen) && Duration.between(before.seen, at).compareTo(gap) <= 0;
        return before.phase == Phase.PENDING ? pending(before, reading, at, rule, unbroken) : firing(before, reading, at, rule, unbroken);
    }

    private static @Nullable AlertState pending(AlertState before, Reading reading, Instant at, AlertRule rule, boolean unbroken) {
        return switch (reading) {
            case BAD -> unbroken ? raised(before.since, at, rule) : raised(at, at, rule);
            case BETWEEN, WELL -> null;
            case MISSING -> unbroken ? before : null;
        };
    }

    private static AlertState firing(AlertState before, Reading reading, Instant at, AlertRule rule, boolean unbroken) {
        if (reading == Reading.MISSING) {
            return new AlertState(Phase.FIRING, before.since, before.seen, null);
        }
        if (reading != Reading.WELL) {
            return new AlertState(Phase.FIRING, before.since, at, null);
        }
        Instant run = before.run != null && unbroken ? before.run : at;
        return lasted(run, at, rule.clear()) ? new AlertState(Phase.RESOLVED, at, at, null) : new AlertState(Phase.FIRING, before.since, at, run);
    }

    private static AlertState raised(Instant since, Instant at, AlertRule rule) {
        return lasted(since, at, rule.hold()) ? new AlertState(Phase.FIRING, at, at, null) : new AlertState(Phase.PENDING, since, at, since);
    }

    private static boolean lasted(Instant from, Instant to, Duration time) {
        return Duration.between(from, to).compareTo(time) >= 0;
    }
}
