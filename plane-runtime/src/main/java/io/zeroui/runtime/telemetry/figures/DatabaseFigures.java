package io.zeroui.runtime.telemetry.figures;

import io.zeroui.runtime.telemetry.figures.DatabaseFigureStore.Look;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** Looks at the database as figures; the share of cache hits is that of a span, not of all time. */
final class DatabaseFigures {

    private static final long WHOLE = 1000;

    private final long windowNanos;
    private final long blocksLeast;
    private final Deque<Timed> looks = new ArrayDeque<>();

    DatabaseFigures(Duration window, long blocksLeast) {
        this.windowNanos = window.toNanos();
        this.blocksLeast = blocksLeast;
    }

    private record Timed(long nanos, Look look) {
    }

    /**
     * The figures after one more look.
     *
     * @param nanos of a clock that only goes forward
     */
    Map<String, Long> figures(long nanos, Look look) {
        Timed last = looks.peekLast();
        if (last != null && (look.hits() < last.look().hits() || look.reads() < last.look().reads())) {
            looks.clear(); // the server's statistics were reset, or it is another server
        }
        looks.addLast(new Timed(nanos, look));
        while (looks.size() > 1 && nanos - looks.getFirst().nanos() > windowNanos) {
            looks.removeFirst();
        }
        Map<String, Long> figures = new TreeMap<>();
        figures.put("database_connections", look.connections());
        figures.put("database_connections_most", look.connectionsMost());
        if (look.connectionsMost() > 0) {
            figures.put("database_connections_permille", look.connections() * WHOLE / look.connectionsMost());
        }
        figures.put("database_bytes", look.bytes());
        figures.put("database_replicas", look.replicas());
        if (look.lagMillis() != null) {
            figures.put("database_replication_lag_millis", look.lagMillis());
        }
        Look first = looks.getFirst().look();
        long hits = look.hits() - first.hits();
        long blocks = hits + look.reads() - first.reads();
        if (blocks >= Math.max(1, blocksLeast)) {
            figures.put("database_cache_hit_permille", hits * WHOLE / blocks);
        }
        return figures;
    }
}
