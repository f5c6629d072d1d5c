package io.zeroui.tenant.evidence.export;

import io.quarkus.arc.Arc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets exports end, fail or wait between two of their steps. */
public final class ExportSteps {

    private ExportSteps() {
    }

    private static ExportRuns runs() {
        return Arc.container().instance(ExportRuns.class).get();
    }

    /** The process dies behind the {@code step}th step from now on, from 1. Returns what opens when it has. */
    public static CountDownLatch dieBehind(int step) {
        AtomicInteger reached = new AtomicInteger();
        CountDownLatch died = new CountDownLatch(1);
        runs().onStep(() -> {
            int now = reached.incrementAndGet();
            if (now == step) {
                runs().die();
                died.countDown();
            }
            if (now >= step) {
                throw new UncheckedIOException(new IOException("died behind step " + step));
            }
        });
        return died;
    }

    /** Exports wait behind their first step until the latch opens. */
    public static void hold(CountDownLatch until) {
        runs().onStep(() -> {
            try {
                boolean opened = until.await(60, TimeUnit.SECONDS);
                assert opened;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The next so many steps fail as with a disk that has no room. */
    public static void fail(int times) {
        AtomicInteger left = new AtomicInteger(times);
        runs().onStep(() -> {
            if (left.getAndDecrement() > 0) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        });
    }

    /** Exports run to their end again. */
    public static void never() {
        runs().onStep(() -> {
        });
    }

    /** A new process begins. */
    public static void startAgain() {
        never();
        runs().startAgain();
    }
}
