package io.zeroui.shared.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The steps against the definition: for every reading all earlier ones are looked at again. */
class AlertStateModelTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration GAP = Duration.ofSeconds(60);

    /** What was seen at a time; times may jump, in both directions. */
    record Look(Instant at, Reading reading) {
    }

    @Property(tries = 5000)
    void everyStepIsAsTheDefinitionSays(@ForAll("looks") List<Look> looks, @ForAll("times") Duration hold, @ForAll("times") Duration clear) {
        AlertRule rule = rule(hold, clear);
        Definition definition = new Definition(looks, hold, clear);
        AlertState state = null;
        for (int i = 0; i < looks.size(); i++) {
            state = AlertState.next(state, looks.get(i).reading(), looks.get(i).at(), rule, GAP);
            assertThat(state == null ? null : state.phase()).as("after %s of %s", i, looks).isEqualTo(definition.phase(i));
        }
    }

    @Property(tries = 1000)
    void aJumpOfTheClockNeitherRaisesNorEndsAnAlert(@ForAll("looks") List<Look> looks, @ForAll("jumps") Duration jump, @ForAll("readings") Reading last) {
        AlertRule rule = rule(Duration.ofSeconds(1), Duration.ofSeconds(1));
        AlertState before = null;
        Instant at = BEGIN;
        for (Look look : looks) {
            at = look.at();
            before = AlertState.next(before, look.reading(), at, rule, GAP);
        }
        Instant seen = before == null ? at : before.seen();
        AlertState after = AlertState.next(before, last, seen.plus(jump), rule, GAP);
        boolean fired = before != null && before.phase() == Phase.FIRING;
        assertThat(after != null && after.phase() == Phase.FIRING).isEqualTo(fired);
    }

    @Property
    void aRuleIsWellNowhereWhereItIsBad(@ForAll int figure) {
        for (AlertRule rule : AlertRules.all()) {
            for (Threshold threshold : rule.thresholds()) {
                Reading reading = threshold.read(Map.of(threshold.figure(), (long) figure));
                double value = figure / threshold.unit();
                boolean bad = threshold.above() ? value > threshold.fires() : value < threshold.fires();
                assertThat(reading == Reading.BAD).isEqualTo(bad);
                assertThat(reading).isNotEqualTo(Reading.MISSING);
            }
        }
    }

    @Provide
    Arbitrary<List<Look>> looks() {
        Arbitrary<Integer> steps = Arbitraries.frequencyOf(Tuple.of(8, Arbitraries.integers().between(0, 60)),
                Tuple.of(1, Arbitraries.integers().between(61, 300)), Tuple.of(1, Arbitraries.integers().between(-200, -1)));
        return Combinators.combine(steps, readings()).as(Step::new).list().ofMaxSize(25).map(AlertStateModelTest::looks);
    }

    @Provide
    Arbitrary<Reading> readings() {
        return Arbitraries.of(Reading.BAD, Reading.BAD, Reading.WELL, Reading.WELL, Reading.BETWEEN, Reading.MISSING);
    }

    @Provide
    Arbitrary<Duration> times() {
        return Arbitraries.of(0, 1, 30, 90).map(Duration::ofSeconds);
    }

    @Provide
    Arbitrary<Duration> jumps() {
        return Arbitraries.oneOf(Arbitraries.integers().between(61, 1_000_000), Arbitraries.integers().between(-1_000_000, -1)).map(Duration::ofSeconds);
    }

    private record Step(int seconds, Reading reading) {
    }

    private static List<Look> looks(List<Step> steps) {
        List<Look> looks = new ArrayList<>();
        Instant at = BEGIN;
        for (Step step : steps) {
            at = at.plusSeconds(step.seconds());
            looks.add(new Look(at, step.reading()));
        }
        return looks;
    }

    private static AlertRule rule(Duration hold, Duration clear) {
        return new AlertRule("model", Severity.WARNING, EnumSet.allOf(Plane.class), List.of(Threshold.above("figure", 1, 1, 1)), "count", false,
                hold, clear, "a model");
    }

    /** Slow: says from all looks since the alert last changed to or from firing whether it changes now. */
    private record Definition(List<Look> looks, Duration hold, Duration clear) {

        @Nullable
        Phase phase(int last) {
            Phase phase = null;
            int from = 0;
            for (int i = 0; i <= last; i++) {
                if (phase == Phase.FIRING) {
                    if (wellSince(from, i)) {
                        phase = Phase.RESOLVED;
                        from = i + 1;
                    }
                } else {
                    Phase now = notFiring(from, i, phase);
                    from = now == Phase.FIRING ? i + 1 : from;
                    phase = now;
                }
            }
            return phase;
        }

        /** Whether some unbroken row of good readings that ends here is long enough. */
        private boolean wellSince(int from, int i) {
            for (int start = from; start <= i; start++) {
                boolean unbroken = true;
                for (int j = start; j <= i; j++) {
                    unbroken &= looks.get(j).reading() == Reading.WELL && (j == start || near(looks.get(j - 1).at(), looks.get(j).at()));
                }
                if (unbroken && lasts(looks.get(start).at(), looks.get(i).at(), clear)) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable Phase notFiring(int from, int i, @Nullable Phase before) {
            @Nullable
            Phase otherwise = before == Phase.RESOLVED ? before : null;
            if (looks.get(i).reading() == Reading.MISSING) {
                return before == Phase.PENDING && badSince(from, i) < i ? Phase.PENDING : otherwise;
            }
            int start = badSince(from, i);
            if (start > i) {
                return otherwise;
            }
            return lasts(looks.get(start).at(), looks.get(i).at(), hold) ? Phase.FIRING : Phase.PENDING;
        }

        /** Where the longest unbroken row of bad readings begins that ends here; missing ones in between do not break it. After the end where none does. */
        private int badSince(int from, int i) {
            int found = i + 1;
            for (int start = from; start <= i; start++) {
                boolean unbroken = looks.get(start).reading() == Reading.BAD;
                Instant seen = looks.get(start).at();
                for (int j = start + 1; j <= i && unbroken; j++) {
                    Reading reading = looks.get(j).reading();
                    unbroken = (reading == Reading.BAD || reading == Reading.MISSING) && near(seen, looks.get(j).at());
                    seen = reading == Reading.BAD ? looks.get(j).at() : seen;
                }
                if (unbroken) {
                    return start;
                }
            }
            return found;
        }

        private static boolean near(Instant before, Instant after) {
            Duration between = Duration.between(before, after);
            return !between.isNegative() && between.compareTo(GAP) <= 0;
        }

        private static boolean lasts(Instant from, Instant to, Duration time) {
            return Duration.between(from, to).compareTo(time) >= 0;
        }
    }
}
