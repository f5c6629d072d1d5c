package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One transaction from the pool and back to it. Ends exactly once: with the work's item, its failure, or the subscriber's
 * cancellation, whichever comes first and on whichever thread.
 */
final class TenantTransaction<T> {

    private static final Logger LOG = Logger.getLogger(TenantTransaction.class);

    /** Both settings every time, so that neither a transaction nor a session leaves one to the next. */
    private static final String SETTINGS =
            "SELECT set_config('app.current_tenant_id', $1, true), set_config('app.plane_scope', $2, true)";

    /** What is left when a connection can neither commit nor roll back: nobody may have it again. */
    private static final String TERMINATE = "SELECT pg_terminate_backend(pg_backend_pid())";

    private final UniEmitter<? super T> emitter;
    private final boolean readOnly;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable SqlConnection connection;
    private @Nullable Statements statements;
    private @Nullable Cancellable work;

    TenantTransaction(UniEmitter<? super T> emitter, boolean readOnly) {
        this.emitter = emitter;
        this.readOnly = readOnly;
    }

    void run(Pool pool, String begin, String tenant, String scope, Function<Statements, Uni<T>> task) {
        emitter.onTermination(this::cancel);
        pool.getDelegate().getConnection().onComplete(acquired -> {
            if (acquired.failed()) {
                if (ended.compareAndSet(false, true)) {
                    emitter.fail(acquired.cause());
                }
                return;
            }
            start(new SqlConnection(acquired.result()), begin, tenant, scope, task);
        });
    }

    /** A cancelled transaction does not begin; one that is cancelled from here on rolls back. */
    private void start(SqlConnection own, String begin, String tenant, String scope, Function<Statements, Uni<T>> task) {
        Statements open = new Statements(own);
        Future<?> ready;
        synchronized (this) {
            if (ended.get()) {
                release(own);
                return;
            }
            connection = own;
            statements = open;
            Future<?> begun = own.getDelegate().query(begin).execute();
            Future<?> set = own.getDelegate().preparedQuery(SETTINGS).execute(Tuple.of(tenant, scope));
            ready = Future.all(begun, set);
        }
        Cancellable running = invoke(task, open).subscribe().with(item -> ready.onComplete(done -> {
            if (done.failed()) {
                fail(done.cause());
            } else {
                complete(item);
            }
        }), this::fail);
        synchronized (this) {
            work = running;
        }
        if (ended.get()) {
            running.cancel();
        }
    }

    private Uni<T> invoke(Function<Statements, Uni<T>> task, Statements open) {
        try {
            return task.apply(open);
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private void complete(T item) {
        Statements open = statements;
        SqlConnection own = connection;
        if (open == null || own == null) {
            throw new IllegalStateException("the work ended before it began");
        }
        Throwable swallowed = open.failure();
        if (swallowed != null) {
            fail(swallowed);
            return;
        }
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        open.end(() -> own.getDelegate().query("COMMIT").execute().onComplete(committed -> {
            if (committed.succeeded()) {
                release(own);
            } else {
                abandon(own);
            }
            if (!readOnly) {
                answer(item, committed.cause());
            }
        }));
        if (readOnly) {
            emitter.complete(item);
        }
    }

    private void answer(T item, @Nullable Throwable cause) {
        if (cause == null) {
            emitter.complete(item);
        } else {
            emitter.fail(cause);
        }
    }

    private void fail(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            abandon();
            emitter.fail(cause);
        }
    }

    /** Also called after an item or a failure; then nothing is left to end. */
    private void cancel() {
        if (ended.compareAndSet(false, true)) {
            abandon();
            Cancellable running;
            synchronized (this) {
                running = work;
            }
            if (running != null) {
                running.cancel();
            }
        }
    }

    private void abandon() {
        SqlConnection own;
        Statements open;
        synchronized (this) {
            own = connection;
            open = statements;
        }
        if (own != null && open != null) {
            open.end(() -> abandon(own));
        }
    }

    private static void abandon(SqlConnection own) {
        own.getDelegate().query("ROLLBACK").execute().onComplete(rolledBack -> {
            if (rolledBack.succeeded()) {
                release(own);
            } else {
                own.getDelegate().query(TERMINATE).execute().onComplete(terminated -> releaseLater(own));
            }
        });
    }

    /** The driver tells the statements of a lost connection before it tells the pool, which must know first. */
    private static void releaseLater(SqlConnection own) {
        Context context = Vertx.currentContext();
        if (context == null) {
            release(own);
        } else {
            context.runOnContext(next -> release(own));
        }
    }

    private static void release(SqlConnection own) {
        own.getDelegate().close().onFailure(cause -> LOG.debugf("a connection was gone before its release: %s", cause));
    }
}
