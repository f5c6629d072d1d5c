package io.zeroui.shared.months;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sees to it that there is a partition for what is to be written, and none for what is too old. */
@ApplicationScoped
public class Months {

    private static final int AHEAD = 2;

    private final MonthStore store;
    private final Clock clock;
    private final Map<MonthTable, Made> made = new ConcurrentHashMap<>();

    Months(MonthStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Made(YearMonth from, YearMonth now) {

        boolean covers(YearMonth oldest, YearMonth month) {
            return month.equals(now) && !oldest.isBefore(from);
        }
    }

    /**
     * Makes what is missing from the month of the oldest row to be written until some months ahead; once that is made it costs nothing.
     * Fails when the database does not answer.
     */
    public Uni<Void> ready(MonthTable table, Instant oldest) {
        Made known = made.get(table);
        YearMonth from = month(oldest);
        YearMonth now = month(clock.instant());
        return known != null && known.covers(from, now) ? Uni.createFrom().voidItem()
                : store.keep(table, oldest, AHEAD, Instant.EPOCH).invoke(() -> made.put(table, new Made(from, now))).replaceWithVoid();
    }

    /** Makes what is missing from this month on, and drops the partitions in which all is older than a time; how many it dropped. */
    public Uni<Integer> drop(MonthTable table, Instant oldest) {
        return store.keep(table, clock.instant(), AHEAD, oldest);
    }

    private static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }
}
