package io.zeroui.tenant.evidence.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets the dropping of days end between two of its steps, as if the process had died there. */
public final class RetentionCrashes {

    private RetentionCrashes() {
    }

    /** The next one ends behind its {@code step}th step, from 1. */
    public static void behind(LedgerDrop drop, int step) {
        at(drop, step, () -> {
            throw new UncheckedIOException(new IOException("died behind step " + step));
        });
    }

    /** Does something behind the {@code step}th step of the next one, from 1. */
    public static void at(LedgerDrop drop, int step, Runnable what) {
        AtomicInteger reached = new AtomicInteger();
        drop.onStep(() -> {
            if (reached.incrementAndGet() == step) {
                what.run();
            }
        });
    }

    /** It ends at its end again. */
    public static void never(LedgerDrop drop) {
        drop.onStep(() -> {
        });
    }
}
