package io.zeroui.runtime.limits;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counters in memory as Redis has them, keys that end included, on a clock that a test moves. */
final class SharedClock implements SharedCounters {

    private static final long EPOCH = 2 * Lease.CLOCK_LEAST_NANOS;

    private final Map<String, Long> values = new HashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private long nanos;
    private long clockError;
    private int additions;
    private boolean down;

    /** Time of the processes, which never goes back. */
    long nanoTime() {
        return nanos;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** Sets Redis's clock forwards or back, and with it the ends of its keys. */
    void setClock(Duration by) {
        clockError += by.toNanos();
    }

    void setDown(boolean isDown) {
        down = isDown;
    }

    int additions() {
        return additions;
    }

    int keys() {
        expire();
        return values.size();
    }

    @Override
    public Uni<Added> add(String name, long more, long keepMillis) {
        return asked(() -> {
            additions++;
            keepLonger(name, keepMillis);
            values.merge(name, more, Long::sum);
            ends.putIfAbsent(name, now() + TimeUnit.MILLISECONDS.toNanos(keepMillis));
            return new Added(now(), values.get(name));
        });
    }

    @Override
    public Uni<Void> correct(String name, long more, long keepMillis) {
        return asked(() -> {
            keepLonger(name, keepMillis);
            values.merge(name, more, Long::sum);
            ends.putIfAbsent(name, now() + 1_000_000);
            return null;
        });
    }

    @Override
    public Uni<Void> replace(String name, long value, long keepMillis) {
        return asked(() -> {
            values.put(name, value);
            ends.put(name, now() + TimeUnit.MILLISECONDS.toNanos(keepMillis));
            return null;
        });
    }

    private <T> Uni<T> asked(java.util.function.Supplier<T> action) {
        return Uni.createFrom().item(() -> {
            if (down) {
                throw new IllegalStateException("down");
            }
            expire();
            return action.get();
        });
    }

    private void keepLonger(String name, long keepMillis) {
        ends.computeIfPresent(name, (key, end) -> Math.max(end, now() + TimeUnit.MILLISECONDS.toNanos(keepMillis)));
    }

    private void expire() {
        ends.entrySet().removeIf(end -> {
            if (end.getValue() > now()) {
                return false;
            }
            values.remove(end.getKey());
            return true;
        });
    }

    private long now() {
        return EPOCH + nanos + clockError;
    }
}
