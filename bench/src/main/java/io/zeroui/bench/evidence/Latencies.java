package io.zeroui.bench.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * How long calls took.
 *
 * @param p50 median in milliseconds
 * @param p99 in milliseconds
 */
record Latencies(double p50, double p99) {

    /** A call that may fail. */
    @FunctionalInterface
    interface Call {

        void run() throws Exception;
    }

    /** Runs calls one after the other, a fifth of them before that to warm up. */
    static Latencies of(int count, IntFunction<Call> calls) throws Exception {
        for (int i = 0; i < count / 5; i++) {
            calls.apply(i).run();
        }
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            Call call = calls.apply(i);
            long start = System.nanoTime();
            call.run();
            nanos[i] = System.nanoTime() - start;
        }
        return of(Arrays.stream(nanos));
    }

    static Latencies of(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        return new Latencies(sorted[sorted.length / 2] / 1e6, sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f / %.2f", p50, p99);
    }
}
