package io.zeroui.tenant.evidence.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets an erasure end between two of its steps, as if the process had died there. */
public final class ErasureCrashes {

    private ErasureCrashes() {
    }

    /** The next erasure ends behind its {@code step}th step, from 1. */
    public static void behind(LineErasure erasure, int step) {
        AtomicInteger reached = new AtomicInteger();
        erasure.onStep(() -> {
            if (reached.incrementAndGet() == step) {
                throw new UncheckedIOException(new IOException("died behind step " + step));
            }
        });
    }

    /** Erasures end at their end again. */
    public static void never(LineErasure erasure) {
        erasure.onStep(() -> {
        });
    }
}
