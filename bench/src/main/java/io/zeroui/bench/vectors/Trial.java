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

    private static final int ROUNDS = 5;
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

    /**
     * Looks harder until the recall is reached; then measures all of them in turns, so long with one caller and so long with two: what else the
     * machine does meets all alike.
     */
    static List<Trial> of(List<Engine> engines, Exam exam, double recall, Duration time) throws Exception {
        List<Entrant> entrants = new ArrayList<>();
        for (Engine engine : engines) {
            int effort = 0;
            double reached = 0;
            for (int i = 0; i < EFFORTS.length && reached < recall; i++) {
                effort = EFFORTS[i];
                reached = recall(engine, exam, effort);
            }
            Entrant entrant = new Entrant(engine, new Engine.Asked(exam.questions(), exam.tenant(), effort), reached, new Measured(), new Measured());
            warmUp(engine, entrant.asked(), time);
            entrants.add(entrant);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Entrant entrant : entrants) {
                measure(entrant, 1, time.dividedBy(ROUNDS), entrant.alone());
                measure(entrant, 2, time.dividedBy(ROUNDS), entrant.two());
            }
        }
        return entrants.stream().map(one -> new Trial(exam.what(), one.engine().name(), one.asked().effort(), one.recall(), one.alone().speed(),
                one.two().speed())).toList();
    }

    /** One of them, with what was measured so far. */
    private record Entrant(Engine engine, Engine.Asked asked, double recall, Measured alone, Measured two) {
    }

    /** Times of answers, and how long all of it took. */
    private static final class Measured {

        private final Histogram taken = new Histogram(3);
        private double seconds;

        Speed speed() {
            return new Speed(taken.getTotalCount() / seconds, taken.getValueAtPercentile(50) / 1e6, taken.getValueAtPercentile(99) / 1e6);
        }
    }

    /** Asks until it gets hardly faster: then compilers and caches are done with it. */
    private static void warmUp(Engine engine, Engine.Asked asked, Duration time) throws Exception {
        double best = 0;
        for (int round = 1; round <= MAX_WARM_UP_ROUNDS; round++) {
            Measured measured = new Measured();
            measure(new Entrant(engine, asked, 0, measured, measured), 2, time, measured);
            double speed = measured.speed().perSecond();
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

    private static void measure(Entrant entrant, int callers, Duration time, Measured measured) throws Exception {
        Engine.Asked asked = entrant.asked();
        List<Engine.Caller> open = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            for (int i = 0; i < callers; i++) {
                open.add(entrant.engine().caller(asked));
            }
            List<Callable<Histogram>> work = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                Engine.Caller caller = open.get(i);
                int first = i * asked.questions().length / callers;
                work.add(() -> ask(caller, asked.questions().length, first, time));
            }
            long start = System.nanoTime();
            for (Future<Histogram> one : threads.invokeAll(work)) {
                measured.taken.add(one.get());
            }
            measured.seconds += (System.nanoTime() - start) / 1e9;
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
