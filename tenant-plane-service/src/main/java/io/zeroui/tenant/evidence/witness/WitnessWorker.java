package io.zeroui.tenant.evidence.witness;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that reads and writes for the witnesses, so that neither ledger nor log ever waits for that. */
@Singleton
public class WitnessWorker {

    private static final int QUEUE = 1024;
    private static final int STOP_SECONDS = 5;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE),
            task -> {
                Thread own = new Thread(task, "evidence-witness");
                own.setDaemon(true);
                return own;
            });

    WitnessWorker() {
    }

    /** The result of work on the thread; fails with its exception, or when too much is waiting. */
    public <T> Uni<T> run(Callable<T> work) {
        return Uni.createFrom().<T> emitter(emitter -> thread.execute(() -> {
            try {
                emitter.complete(work.call());
            } catch (Exception e) {
                emitter.fail(e);
            }
        }));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow().clear();
        }
    }
}
