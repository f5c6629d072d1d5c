package io.zeroui.runtime.telemetry.figures;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How fast the error budget burns, over several spans: the part of the requests that failed, divided by the part that may fail. 1 uses
 * the budget up exactly at the end of the objective's period. The spans are those of "Alerting on SLOs" in The Site Reliability
 * Workbook (Google, 2018, chapter 5, table 5-8): 5 minutes and 1 hour, 30 minutes and 6 hours, 6 hours and 3 days. Counts are kept by
 * minute, for three days: a fixed amount of memory. Not thread-safe.
 */
final class BurnRates {

    /** The longest span. */
    static final Duration LONGEST = Duration.ofDays(3);

    private static final int MINUTES = (int) LONGEST.toMinutes() + 1;

    private final double allowed;
    private final long requestsLeast;
    private final long[] requests = new long[MINUTES];
    private final long[] failures = new long[MINUTES];
    private long first = -1;
    private long last = -1;

    /**
     * @param objective part of the requests that must not fail, below 1
     * @param requestsLeast fewest requests in a span for which a rate is said
     * @throws IllegalArgumentException when the objective leaves no budget
     */
    BurnRates(double objective, long requestsLeast) {
        if (!(objective > 0 && objective < 1)) {
            throw new IllegalArgumentException("an objective is between 0 and 1, not " + objective);
        }
        this.allowed = 1 - objective;
        this.requestsLeast = requestsLeast;
    }

    /**
     * Notes how much there was in all until now.
     *
     * @param minute of a clock that only goes forward, not below 0; a minute that was is taken for the last one
     * @param allRequests since the counting began
     * @param allFailures of them
     */
    void note(long minute, long allRequests, long allFailures) {
        long now = Math.max(minute, last);
        if (first < 0) {
            first = now;
        } else {
            long from = Math.max(last + 1, now - MINUTES + 1);
            for (long skipped = from; skipped < now; skipped++) { // nothing is known of these but that they ended as the last one did
                set(skipped, requests[index(last)], failures[index(last)]);
            }
        }
        set(now, allRequests, allFailures);
        last = now;
    }

    /** The rate over the span until the last note, or over as much of it as there was; nothing where too few requests came. */
    OptionalDouble rate(Duration span) {
        if (last < 0) {
            return OptionalDouble.empty();
        }
        long from = Math.max(Math.max(first, last - span.toMinutes()), last - MINUTES + 1);
        long came = requests[index(last)] - requests[index(from)];
        long failed = failures[index(last)] - failures[index(from)];
        return came < Math.max(1, requestsLeast) ? OptionalDouble.empty() : OptionalDouble.of((double) failed / came / allowed);
    }

    private void set(long minute, long allRequests, long allFailures) {
        requests[index(minute)] = allRequests;
        failures[index(minute)] = allFailures;
    }

    private static int index(long minute) {
        return (int) (minute % MINUTES);
    }
}
