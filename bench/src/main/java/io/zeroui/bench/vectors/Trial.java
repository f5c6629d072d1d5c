package io.zeroui.bench.vectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * How fast one finds what is near, as soon as it finds enough of it.
 *
 * @param what what was asked
 * @param engine who was asked
 * @param effort the smallest number of candidates at which the recall was reached, or the largest there is
 * @param recall of the ten nearest by exact comparison, the part that was found, 0 to 1
 * @param alone one caller, one question after the other
 * @param two two callers at once
 */
record Trial(String what, String engine, int effort, double recall, Speed alone, Speed two) {

    private static final int[] EFFORTS = {10, 15, 20, 30, 40, 50, 60, 80, 100, 130, 160, 200, 250, 300, 400, 500, 600, 800, 1_000};

    private static final int MAX_WARM_UP_ROUNDS = 6;
    private static final double WORTHWHILE = 1.05;

    /**
     * How fast.
     *
     * @param perSecond answers a second of all callers
     * @param p50 milliseconds
     * @param p99 milliseconds
     */
    record Speed(double perSecond, double p50, double p99) {
    }

    /** Questions with their right answers. */
    record Exam(String what, float[][] questions, int tenant, Neighbours nearest) {
    }

    /** Looks harder until the recall is reached, then measures so long with one caller and so long with two. */
    static Trial of(Engine engine, Exam exam, double recall, Duration time) throws Exception {
        int effort = 0;
        double reached = 0;
        for (int i = 0; i < EFFORTS.length && reached < recall; i++) {
            effort = EFFORTS[i];
            reached = recall(engine, exam, effort);
        }
        Engine.Asked asked = new Engine.Asked(exam.questions(), exam.tenant(), effort);
        warmUp(engine, asked, time);
        return new Trial(exam.what(), engine.name(), effort, reached, speed(engine, asked, 1, time), speed(engine, asked, 2, time));
    }

    /** Asks until it gets hardly faster: then compilers and caches are done with it. */
    private static void warmUp(Engine engine, Engine.Asked asked, Duration time) throws Exception {
        double best = 0;
        for (int round = 1; round <= MAX_WARM_UP_ROUNDS; round++) {
            double speed = speed(engine, asked, 2, time).perSecond();
            if (round > 1 && speed < best * WORTHWHILE) {
                return;
            }
            best = Math.max(best, speed);
        }
    }

    static String head() {
        return "| asked | of | candidates | recall@10 | one caller: a second | p50 / p99 (ms) | two: a second | p50 / p99 (ms) |\n"
                + "|---|---|---|---|---|---|---|---|";
    }

    String row() {
        return String.format(Locale.ROOT, "| %s | %s | %d | %.3f | %,.0f | %.1f / %.1f | %,.0f | %.1f / %.1f |", what, engine, effort, recall,
                alone.perSecond(), alone.p50(), alone.p99(), two.perSecond(), two.p50(), two.p99());
    }

    private static double recall(Engine engine, Exam exam, int effort) throws Exception {
        double sum = 0;
        try (Engine.Caller caller = engine.caller(new Engine.Asked(exam.questions(), exam.tenant(), effort))) {
            for (int i = 0; i < exam.questions().length; i++) {
                sum += exam.nearest().recall(i, caller.ask(i));
            }
        }
        return sum / exam.questions().length;
    }

    private static Speed speed(Engine engine, Engine.Asked asked, int callers, Duration time) throws Exception {
        List<Engine.Caller> open = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            for (int i = 0; i < callers; i++) {
                open.add(engine.caller(asked));
            }
            List<Callable<Histogram>> work = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                Engine.Caller caller = open.get(i);
                int first = i * asked.questions().length / callers;
                work.add(() -> ask(caller, asked.questions().length, first, time));
            }
            Histogram all = new Histogram(3);
            long start = System.nanoTime();
            for (Future<Histogram> one : threads.invokeAll(work)) {
                all.add(one.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Speed(all.getTotalCount() / seconds, all.getValueAtPercentile(50) / 1e6, all.getValueAtPercentile(99) / 1e6);
        } finally {
            threads.shutdown();
            for (Engine.Caller caller : open) {
                caller.close();
            }
        }
    }

    private static Histogram ask(Engine.Caller caller, int questions, int first, Duration time) throws Exception {
        Histogram taken = new Histogram(3);
        long end = System.nanoTime() + time.toNanos();
        int next = first;
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            if (caller.ask(next).length == 0) {
                throw new IllegalStateException("nothing was found");
            }
            taken.recordValue(System.nanoTime() - start);
            next = (next + 1) % questions;
        }
        return taken;
    }
}
