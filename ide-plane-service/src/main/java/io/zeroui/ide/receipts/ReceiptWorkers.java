package io.zeroui.ide.receipts;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads for what must not run on an event loop: checking lines (processor bound) and reading files. Both queues are
 * bounded; a full one fails the caller with {@link java.util.concurrent.RejectedExecutionException}.
 */
@ApplicationScoped
public class ReceiptWorkers {

    private static final int DISK_THREADS = 2;
    private static final int QUEUE = 2048;

    private final ThreadPoolExecutor checking;
    private final ThreadPoolExecutor reading;

    ReceiptWorkers(ReceiptsConfig config) {
        int threads = config.checkThreads() > 0 ? config.checkThreads() : Runtime.getRuntime().availableProcessors();
        this.checking = pool("receipt-check", threads);
        this.reading = pool("receipt-read", DISK_THREADS);
    }

    /** The work's result, computed on a checking thread once subscribed. */
    public <T> Uni<T> check(Callable<T> work) {
        return on(checking, work);
    }

    /** The work's result, computed on a reading thread once subscribed. */
    public <T> Uni<T> read(Callable<T> work) {
        return on(reading, work);
    }

    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
        checking.shutdown();
        reading.shutdown();
    }

    private static <T> Uni<T> on(ThreadPoolExecutor pool, Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> pool.execute(() -> {
            try {
                emitter.complete(work.call());
            } catch (Exception e) {
                emitter.fail(e);
            }
        }));
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
