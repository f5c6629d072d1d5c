package io.zeroui.tenant.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How much may be put on the edges' streams in a while. Redis keeps an entry until its edge has read it: a fleet that asks for everything at once would
 * fill it. One tenant's edges get at most half, so that others are answered meanwhile.
 */
final class TellingBudget {

    private final long most;
    private final Duration window;
    private final Deque<Told> told = new ArrayDeque<>();
    private final Map<String, Long> usedBy = new HashMap<>();
    private long used;

    private record Told(Instant at, String tenant, long bytes) {
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

    /** Takes so many bytes for a tenant, if there is room for them; more than its half only when it has taken nothing else. */
    synchronized boolean take(String tenant, long bytes, Instant now) {
        for (Told oldest = told.peek(); oldest != null && !oldest.at().plus(window).isAfter(now); oldest = told.peek()) {
            add(oldest.tenant(), -oldest.bytes());
            told.remove();
        }
        long taken = usedBy.getOrDefault(tenant, 0L);
        if (taken > 0 && taken + bytes > most / 2 || used > 0 && used + bytes > most) {
            return false;
        }
        add(tenant, bytes);
        told.add(new Told(now, tenant, bytes));
        return true;
    }

    private void add(String tenant, long bytes) {
        used += bytes;
        usedBy.merge(tenant, bytes, (before, more) -> before + more == 0 ? null : before + more);
    }
}
