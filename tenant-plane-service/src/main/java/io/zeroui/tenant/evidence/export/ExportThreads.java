package io.zeroui.tenant.evidence.export;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that write exports: few, and of less importance than those that take receipts in. */
@Singleton
class ExportThreads {

    private static final int STOP_SECONDS = 5;

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    ExportThreads(ExportConfig config) {
        int size = config.running() + 1; // one for what is begun, ended and looked through meanwhile
        pool = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "evidence-export-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }

    /** The result of work. */
    <T> Uni<T> run(Callable<T> work) {
        return Uni.createFrom().<T> emitter(emitter -> pool.execute(() -> {
            try {
                emitter.complete(work.call());
            } catch (Throwable e) { // also an Error: the export's slot is given back only by its answer
                emitter.fail(e);
            }
        }));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            pool.shutdownNow().clear();
        }
    }
}
