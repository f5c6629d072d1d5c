package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one transaction of {@link Tenancy}. They run in the order of subscription, without waiting for each
 * other. After the end of the work they fail with {@link IllegalStateException} instead of reaching a connection that may
 * be another tenant's by then. Where a statement says <code>{home}</code>, it means the schema in which the rows are that it
 * is about.
 */
public final class Statements {

    private final SqlConnection connection;
    private final Home home;
    /** Whose transaction it is: itself, but for {@link #in}. */
    private final @Nullable Statements transaction;
    private boolean over;
    private @Nullable Throwable failure;

    Statements(SqlConnection connection, Home home) {
        this(connection, home, null);
    }

    private Statements(SqlConnection connection, Home home, @Nullable Statements transaction) {
        this.connection = connection;
        this.home = home;
        this.transaction = transaction;
    }

    /** The same transaction with the tables of another home in the same database. */
    Statements in(Home other) {
        return new Statements(connection, other, this);
    }

    /** Runs a statement without parameters; fails as the driver does. */
    public Uni<RowSet<Row>> execute(String sql) {
        return issue(() -> connection.preparedQuery(home.resolve(sql)).execute());
    }

    /** Runs a statement with its parameters; fails as the driver does. */
    public Uni<RowSet<Row>> execute(String sql, Tuple parameters) {
        return issue(() -> connection.preparedQuery(home.resolve(sql)).execute(parameters));
    }

    /** The first failure of a statement; after it PostgreSQL answers COMMIT with a rollback and no error. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Ends the statements and runs {@code last}; nothing is issued in between or afterwards. */
    synchronized void end(Runnable last) {
        over = true;
        last.run();
    }

    private Uni<RowSet<Row>> issue(Supplier<Uni<RowSet<Row>>> statement) {
        Statements whole = transaction;
        return whole == null ? Uni.createFrom().emitter(emitter -> issue(statement, emitter)) : whole.issue(statement);
    }

    private synchronized void issue(Supplier<Uni<RowSet<Row>>> statement, UniEmitter<? super RowSet<Row>> emitter) {
        if (over) {
            emitter.fail(new IllegalStateException("the transaction is over: a statement came after its work had ended"));
            return;
        }
        Cancellable issued = statement.get().subscribe().with(emitter::complete, cause -> {
            noteFailure(cause);
            emitter.fail(cause);
        });
        assert issued != null;
    }

    private synchronized void noteFailure(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }
}
