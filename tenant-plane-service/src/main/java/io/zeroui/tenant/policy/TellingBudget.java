package io.zeroui.tenant.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much may be put on the edges' streams in a while. Redis keeps an entry until its edge has read it: a fleet that asks for everything at once would
 * fill it.
 */
final class TellingBudget {

    private final long most;
    private final Duration window;
    private final Deque<Told> told = new ArrayDeque<>();
    private long used;

    private record Told(Instant at, long bytes) {
    }

    /**
     * A budget that nothing was taken from.
     *
     * @param most bytes in one window
     */
    TellingBudget(long most, Duration window) {
        this.most = most;
        this.window = window;
    }

    /** Takes so many bytes, if there is room for them; more than the whole budget only when nothing else was taken. */
    synchronized boolean take(long bytes, Instant now) {
        for (Told oldest = told.peek(); oldest != null && !oldest.at().plus(window).isAfter(now); oldest = told.peek()) {
            used -= oldest.bytes();
            told.remove();
        }
        if (used > 0 && used + bytes > most) {
            return false;
        }
        used += bytes;
        told.add(new Told(now, bytes));
        return true;
    }
}
