package io.zeroui.tenant.evidence.work;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A small pool for file reads and signature checks, so that no event loop waits for them. Its queue is bounded. */
@Singleton
public class EvidenceWorkers {

    private static final int QUEUE = 1024;
    private static final int STOP_SECONDS = 5;

    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor pool = pool("evidence-");
    private final ThreadPoolExecutor readers = pool("evidence-read-");

    EvidenceWorkers() {
    }

    /** The result of work on the pool; fails with its exception, or when too much is waiting. */
    public <T> Uni<T> run(Callable<T> work) {
        return run(pool, work);
    }

    /** The same for short work that a client waits for: it does not queue behind batches. */
    public <T> Uni<T> read(Callable<T> work) {
        return run(readers, work);
    }

    private static <T> Uni<T> run(Executor executor, Callable<T> work) {
        return Uni.createFrom().<T> emitter(emitter -> executor.execute(() -> {
            try {
                emitter.complete(work.call());
            } catch (Exception e) {
                emitter.fail(e);
            }
        }));
    }

    /** The pool, to continue on after an answer from another thread. */
    public Executor executor() {
        return pool;
    }

    private ThreadPoolExecutor pool(String name) {
        int size = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread thread = new Thread(task, name + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        pool.shutdown();
        readers.shutdown();
        if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            pool.shutdownNow().clear();
        }
    }
}
