package io.zeroui.runtime.telemetry.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BurnRatesTest {

    private static final double OBJECTIVE = 0.99;
    private static final long LEAST = 5;

    /** So many minutes later there were so many more requests, and failures. */
    record Step(int minutes, int requests, int failures) {
    }

    @Property(tries = 1000)
    void theRateIsThatOfAllNotesInTheSpan(@ForAll("steps") List<Step> steps, @ForAll("spans") Duration span) {
        BurnRates rates = new BurnRates(OBJECTIVE, LEAST);
        List<long[]> notes = new ArrayList<>();
        long minute = 1;
        long requests = 0;
        long failures = 0;
        for (Step step : steps) {
            minute += step.minutes();
            requests += step.requests();
            failures += Math.min(step.failures(), step.requests());
            rates.note(minute, requests, failures);
            notes.add(new long[] {minute, requests, failures});
            OptionalDouble slow = slow(notes, span);
            OptionalDouble found = rates.rate(span);
            assertThat(found.isPresent()).isEqualTo(slow.isPresent());
            slow.ifPresent(rate -> assertThat(found.getAsDouble()).isCloseTo(rate, Offset.offset(1e-9)));
        }
    }

    @Test
    void aServiceThatFailsAsOftenAsItMayBurnsAtOne() {
        BurnRates rates = new BurnRates(0.999, 1);
        assertThat(rates.rate(Duration.ofHours(1))).isEmpty();
        rates.note(0, 0, 0);
        rates.note(10, 10_000, 10);
        assertThat(rates.rate(Duration.ofHours(1)).orElseThrow()).isCloseTo(1, Offset.offset(1e-9));
        rates.note(100, 10_000, 10);
        assertThat(rates.rate(Duration.ofHours(1))).isEmpty();
        assertThat(rates.rate(BurnRates.LONGEST).orElseThrow()).isCloseTo(1, Offset.offset(1e-9));
    }

    @Test
    void anObjectiveWithoutABudgetIsRefused() {
        assertThatThrownBy(() -> new BurnRates(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BurnRates(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** From the last note of or before the span's first minute, the first note if there is none. */
    private static OptionalDouble slow(List<long[]> notes, Duration span) {
        long[] last = notes.get(notes.size() - 1);
        long start = last[0] - Math.min(span.toMinutes(), BurnRates.LONGEST.toMinutes());
        long[] from = null;
        long first = notes.get(0)[0];
        for (long[] note : notes) {
            if (note[0] <= Math.max(start, first)) {
                from = note;
            }
        }
        assertThat(from).isNotNull();
        long came = last[1] - from[1];
        return came < LEAST ? OptionalDouble.empty() : OptionalDouble.of((double) (last[2] - from[2]) / came / (1 - OBJECTIVE));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> minutes = Arbitraries.oneOf(Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 400),
                Arbitraries.of(4_319, 4_320, 4_321, 20_000));
        return Combinators.combine(minutes, Arbitraries.integers().between(0, 20), Arbitraries.integers().between(0, 20)).as(Step::new).list()
                .ofMinSize(1).ofMaxSize(30);
    }

    @Provide
    Arbitrary<Duration> spans() {
        return Arbitraries.of(5L, 30L, 60L, 360L, 4_320L).map(Duration::ofMinutes);
    }
}
