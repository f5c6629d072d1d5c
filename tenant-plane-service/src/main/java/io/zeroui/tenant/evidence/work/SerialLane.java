package io.zeroui.tenant.evidence.work;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs asynchronous work one after the other, in the order of subscription. No thread waits. */
public final class SerialLane {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    /** The result of {@code work}, which begins when everything before it has ended, well or not. */
    public <T> Uni<T> run(Supplier<Uni<T>> work) {
        return Uni.createFrom().<T> emitter(emitter -> enter(() -> start(work).subscribe().with(item -> {
            leave();
            emitter.complete(item);
        }, failure -> {
            leave();
            emitter.fail(failure);
        })));
    }

    private static <T> Uni<T> start(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(work::get);
    }

    private void enter(Runnable task) {
        synchronized (this) {
            if (busy) {
                waiting.add(task);
                return;
            }
            busy = true;
        }
        task.run();
    }

    private void leave() {
        @Nullable
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            busy = next != null;
        }
        if (next != null) {
            next.run();
        }
    }
}
