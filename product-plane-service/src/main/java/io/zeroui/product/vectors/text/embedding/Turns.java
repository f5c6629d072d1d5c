package io.zeroui.product.vectors.text.embedding;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a bounded number of calls run at once, and a bounded number wait for that. */
final class Turns {

    private final int most;
    private final int waitingMost;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Turns(int most, int waitingMost) {
        this.most = most;
        this.waitingMost = waitingMost;
    }

    /** The result of work that begins when its turn has come; fails with 503 when too much waits. */
    <T> Uni<T> run(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            AtomicBoolean begun = new AtomicBoolean();
            return Uni.createFrom().<Boolean> emitter(emitter -> {
                Runnable start = () -> {
                    emitter.complete(true);
                    if (!begun.get()) { // whoever waited has gone
                        end();
                    }
                };
                emitter.onTermination(() -> forget(start));
                if (!begin(start)) {
                    emitter.fail(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many texts wait for the embedding service"));
                }
            }).chain(turn -> {
                begun.set(true);
                return Uni.createFrom().deferred(work::get).onTermination().invoke(this::end);
            });
        });
    }

    private boolean begin(Runnable start) {
        synchronized (this) {
            if (running >= most) {
                return waiting.size() < waitingMost && waiting.add(start);
            }
            running++;
        }
        start.run();
        return true;
    }

    private synchronized void forget(Runnable start) {
        waiting.removeIf(one -> one == start);
    }

    private void end() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }
}
