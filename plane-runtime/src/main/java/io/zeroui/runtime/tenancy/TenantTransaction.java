package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
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

    /** The same where tenants move; also says where this one lives, and keeps it there while a writer is under way. */
    private static final String ENTER = "SELECT app.enter($1, $2, $3)";

    /** A lock was not to be had in time. */
    private static final String LOCKED = "55P03";

    /** What is left when a connection can neither commit nor roll back: nobody may have it again. */
    private static final String TERMINATE = "SELECT pg_terminate_backend(pg_backend_pid())";

    /** What a transaction may do, and for whom. */
    enum Kind {
        TENANT_WRITE("BEGIN", ""),
        /** One snapshot: where the tenant lives is said of the same moment in which its rows are read there. */
        TENANT_READ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ""),
        PLANE_WRITE("BEGIN", "plane"),
        PLANE_READ("BEGIN READ ONLY", "plane");

        private final String begin;
        private final String scope;

        Kind(String begin, String scope) {
            this.begin = begin;
            this.scope = scope;
        }

        /** What {@code app.plane_scope} is. */
        String scope() {
            return scope;
        }

        boolean isReadOnly() {
            return this == TENANT_READ || this == PLANE_READ;
        }
    }

    private final UniEmitter<? super T> emitter;
    private final Kind kind;
    private final Home home;
    private final @Nullable String mark;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable SqlConnection connection;
    private @Nullable Statements statements;
    private @Nullable Cancellable work;

    private TenantTransaction(UniEmitter<? super T> emitter, Kind kind, Home home, @Nullable String mark) {
        this.emitter = emitter;
        this.kind = kind;
        this.home = home;
        this.mark = mark;
    }

    /** In a home that nobody moves out of, or without regard to that. */
    static <T> Uni<T> run(Home home, Kind kind, String tenant, Function<Statements, Uni<T>> task) {
        return run(home, kind, tenant, null, task);
    }

    /**
     * Runs the work.
     *
     * @param mark what the database must say of where the tenant lives, else the work is undone and {@link TenantMoved};
     *            null where tenants do not move
     */
    static <T> Uni<T> run(Home home, Kind kind, String tenant, @Nullable String mark, Function<Statements, Uni<T>> task) {
        return Uni.createFrom().emitter(emitter -> new TenantTransaction<T>(emitter, kind, home, mark).run(tenant, task));
    }

    private void run(String tenant, Function<Statements, Uni<T>> task) {
        Pool pool = home.pool();
        if (pool == null) {
            emitter.fail(new HomeUnavailable("the tenant's database is not ready"));
            return;
        }
        emitter.onTermination(this::cancel);
        pool.getDelegate().getConnection().onComplete(acquired -> {
            if (acquired.failed()) {
                if (ended.compareAndSet(false, true)) {
                    emitter.fail(acquired.cause());
                }
                return;
            }
            start(new SqlConnection(acquired.result()), tenant, task);
        });
    }

    /** A cancelled transaction does not begin; one that is cancelled from here on rolls back. */
    private void start(SqlConnection own, String tenant, Function<Statements, Uni<T>> task) {
        Statements open = new Statements(own, home);
        Future<?> ready;
        synchronized (this) {
            if (ended.get()) {
                release(own);
                return;
            }
            connection = own;
            statements = open;
            Future<?> begun = own.getDelegate().query(kind.begin).execute();
            ready = Future.all(begun, enter(own, tenant));
        }
        Cancellable running = invoke(task, open).subscribe().with(item -> ready.onComplete(done -> {
            if (done.failed()) {
                fail(cause(done.cause(), done.cause()));
            } else {
                complete(item);
            }
        }), failure -> ready.onComplete(done -> fail(cause(failure, done.cause()))));
        synchronized (this) {
            work = running;
        }
        if (ended.get()) {
            running.cancel();
        }
    }

    private Future<?> enter(SqlConnection own, String tenant) {
        String expected = mark;
        if (expected == null) {
            return own.getDelegate().preparedQuery(SETTINGS).execute(Tuple.of(tenant, kind.scope));
        }
        return own.getDelegate().preparedQuery(ENTER).execute(Tuple.of(tenant, kind.scope, !kind.isReadOnly()))
                .compose(rows -> {
                    String found = rows.iterator().next().getString(0);
                    return found.equals(expected) ? Future.succeededFuture()
                            : Future.failedFuture(new TenantMoved(expected, found));
                });
    }

    /** What the failure comes from. */
    private Throwable cause(Throwable failure, @Nullable Throwable entering) {
        if (entering instanceof TenantMoved) {
            return entering;
        }
        if (mark != null && entering instanceof PgException pg && LOCKED.equals(pg.getSqlState())) {
            return new HomeUnavailable("the tenant is being moved; it can be written again in a moment");
        }
        return TenantMoved.cause(home, mark, failure);
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
            if (!kind.isReadOnly()) {
                answer(item, committed.cause());
            }
        }));
        if (kind.isReadOnly()) {
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
