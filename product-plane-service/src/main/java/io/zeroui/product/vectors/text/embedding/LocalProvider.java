package io.zeroui.product.vectors.text.embedding;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The built-in model, on threads of its own and loaded when first asked; what waits for them is bounded, and tenants take turns. */
@Singleton
class LocalProvider implements EmbeddingProvider {

    static final String NAME = "minilm";

    private static final Logger LOG = Logger.getLogger(LocalProvider.class);
    private static final int TEXTS_MOST = 16;
    private static final int STOP_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    /** Whoever searches does not wait behind those who write. */
    private final ThreadPoolExecutor single;
    private final Turns turns;
    private final Turns singleTurns;
    private @Nullable MiniLm model;

    LocalProvider(EmbeddingConfig config) {
        this.threads = pool(config.local().threads(), config.local().waitingMost(), "embedding-");
        this.single = pool(1, config.local().waitingMost(), "embedding-single-");
        this.turns = new Turns(config.local().threads(), config.local().waitingMost());
        this.singleTurns = new Turns(1, config.local().waitingMost());
    }

    private static ThreadPoolExecutor pool(int size, int waitingMost, String name) {
        AtomicInteger numbers = new AtomicInteger();
        return new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waitingMost), task -> {
            Thread thread = new Thread(task, name + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String model() {
        return "all-MiniLM-L6-v2";
    }

    @Override
    public int dimension() {
        return MiniLm.DIMENSION;
    }

    @Override
    public int textsMost() {
        return TEXTS_MOST;
    }

    @Override
    public Uni<List<float[]>> embed(TenantId tenant, List<String> texts) {
        Vectors.requireTexts(this, texts);
        return (texts.size() == 1 ? singleTurns : turns).run(tenant, () -> compute(texts, texts.size() == 1 ? single : threads))
                .map(vectors -> Vectors.checked(this, texts.size(), vectors));
    }

    private Uni<List<float[]>> compute(List<String> texts, Executor where) {
        return Uni.createFrom().<List<float[]>> emitter(emitter -> {
            AtomicBoolean isOver = new AtomicBoolean();
            emitter.onTermination(() -> isOver.set(true));
            try {
                where.execute(() -> {
                    if (isOver.get()) { // whoever asked has gone before a thread was free
                        return;
                    }
                    try {
                        emitter.complete(loaded().embed(texts));
                    } catch (IOException | RuntimeException e) {
                        emitter.fail(e);
                    } catch (Error e) { // of the native library, or of memory: the caller must hear of it
                        emitter.fail(new IOException("the built-in model failed: " + e, e));
                    }
                });
            } catch (RejectedExecutionException full) {
                emitter.fail(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many texts wait for the built-in model"));
            }
        }).onFailure(IOException.class).transform(failure -> {
                    LOG.error("the built-in model", failure);
                    return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The built-in model cannot be used here");
                });
    }

    private synchronized MiniLm loaded() throws IOException {
        MiniLm known = model;
        if (known == null) {
            known = MiniLm.load();
            model = known;
        }
        return known;
    }

    synchronized void stop(@Observes ShutdownEvent event) throws InterruptedException {
        threads.shutdownNow().clear();
        single.shutdownNow().clear();
        boolean isIdle = threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS) && single.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        MiniLm known = model;
        model = null;
        if (known != null && isIdle) {
            known.close();
        }
    }
}
