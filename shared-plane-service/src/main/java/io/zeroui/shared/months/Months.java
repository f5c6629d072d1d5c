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
        return known != null && known.covers(month(oldest), month(clock.instant())) ? Uni.createFrom().voidItem()
                : keep(table, oldest, Instant.EPOCH).replaceWithVoid();
    }

    /** The same, and drops the partitions in which all is older; how many it dropped. */
    public Uni<Integer> drop(MonthTable table, Instant oldest) {
        return keep(table, oldest, oldest);
    }

    private Uni<Integer> keep(MonthTable table, Instant from, Instant dropBefore) {
        Made wanted = new Made(month(from), month(clock.instant()));
        return store.keep(table, from, AHEAD, dropBefore).invoke(() -> made.put(table, wanted));
    }

    private static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }
}
