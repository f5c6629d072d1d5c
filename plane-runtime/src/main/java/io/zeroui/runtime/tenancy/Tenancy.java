package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.zeroui.contracts.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Runs statements for one tenant, or for the plane itself. Every method opens a transaction, sets both settings that the
 * row-level security policies look at ({@code app.current_tenant_id} and {@code app.plane_scope}) for this transaction
 * only, runs the work and ends the transaction. {@code BEGIN}, the settings and the first statement go out together, so
 * they cost one round trip and need nothing of the session: a transaction pooler may stand between.
 *
 * <p>
 * The work gets its statements, not the connection, and they refuse to run once the work is over. When the work fails,
 * when a statement failed, even one whose failure the work swallowed, and when the subscriber cancels (a timeout does),
 * the transaction is rolled back before anybody else gets the connection.
 */
@ApplicationScoped
public class Tenancy {

    private static final String WRITING = "BEGIN";
    private static final String READING = "BEGIN READ ONLY";
    private static final String PLANE = "plane";

    private final Pool pool;

    Tenancy(Pool pool) {
        this.pool = pool;
    }

    /** Runs work on one tenant's rows; the item comes after the commit. Rows of other tenants are not there for it. */
    public <T> Uni<T> inTenant(TenantId tenant, Function<Statements, Uni<T>> work) {
        return run(WRITING, tenant.value(), "", work);
    }

    /**
     * Reads one tenant's rows; the database refuses every change. The item does not wait for the end of the transaction,
     * so a read of one statement is one round trip.
     */
    public <T> Uni<T> readInTenant(TenantId tenant, Function<Statements, Uni<T>> work) {
        return run(READING, tenant.value(), "", work);
    }

    /**
     * Runs the plane's own machinery over the rows of all tenants, on those tables and with those commands for which a
     * policy admits it. Never with a text in it that came from outside.
     *
     * @param reason why this cannot be done tenant by tenant; for the reader of the code, must not be blank
     */
    public <T> Uni<T> inPlane(String reason, Function<Statements, Uni<T>> work) {
        requireReason(reason);
        return run(WRITING, "", PLANE, work);
    }

    /** Like {@link #inPlane}, reading only, with the same promise as {@link #readInTenant}. */
    public <T> Uni<T> readInPlane(String reason, Function<Statements, Uni<T>> work) {
        requireReason(reason);
        return run(READING, "", PLANE, work);
    }

    private <T> Uni<T> run(String begin, String tenant, String scope, Function<Statements, Uni<T>> work) {
        boolean readOnly = begin.equals(READING);
        return Uni.createFrom().emitter(emitter -> new TenantTransaction<T>(emitter, readOnly)
                .run(pool, begin, tenant, scope, work));
    }

    private static void requireReason(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("work over all tenants needs a reason");
        }
    }
}
