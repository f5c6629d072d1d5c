package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.TenantTransaction.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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

    private static final int MOVES_MOST = 3;

    private final Homes homes;

    Tenancy(Homes homes) {
        this.homes = homes;
    }

    /**
     * Runs work on one tenant's rows; the item comes after the commit. Rows of other tenants are not there for it. While the
     * tenant is being moved the work waits; it is run again, from its beginning, when the tenant had moved.
     */
    public <T> Uni<T> inTenant(TenantId tenant, Function<Statements, Uni<T>> work) {
        return forTenant(Kind.TENANT_WRITE, tenant, work, MOVES_MOST);
    }

    /**
     * Reads one tenant's rows; the database refuses every change. The item does not wait for the end of the transaction,
     * so a read of one statement is one round trip.
     */
    public <T> Uni<T> readInTenant(TenantId tenant, Function<Statements, Uni<T>> work) {
        return forTenant(Kind.TENANT_READ, tenant, work, MOVES_MOST);
    }

    /**
     * Runs the plane's own machinery over the rows of all tenants in the shared home, on those tables and with those
     * commands for which a policy admits it. Never with a text in it that came from outside.
     *
     * @param reason why this cannot be done tenant by tenant; for the reader of the code, must not be blank
     */
    public <T> Uni<T> inPlane(String reason, Function<Statements, Uni<T>> work) {
        return inPlane(homes.shared(), reason, work);
    }

    /** Like {@link #inPlane}, reading only, with the same promise as {@link #readInTenant}. */
    public <T> Uni<T> readInPlane(String reason, Function<Statements, Uni<T>> work) {
        return readInPlane(homes.shared(), reason, work);
    }

    /** Like {@link #inPlane(String, Function)}, in one home. */
    public <T> Uni<T> inPlane(Home home, String reason, Function<Statements, Uni<T>> work) {
        return forPlane(home, Kind.PLANE_WRITE, reason, work);
    }

    /** Like {@link #readInPlane(String, Function)}, in one home. */
    public <T> Uni<T> readInPlane(Home home, String reason, Function<Statements, Uni<T>> work) {
        return forPlane(home, Kind.PLANE_READ, reason, work);
    }

    /**
     * Reads over the rows of all tenants wherever they live; the answers of the homes, the shared one's first. Each is true
     * for its moment: a tenant that moves meanwhile can be in two of them, or in none.
     */
    public <T> Uni<List<T>> readInEveryHome(String reason, Function<Statements, Uni<T>> work) {
        return Uni.join().all(homes.all().stream().map(home -> readInPlane(home, reason, work)).toList()).andFailFast();
    }

    private <T> Uni<T> forTenant(Kind kind, TenantId tenant, Function<Statements, Uni<T>> work, int moves) {
        if (!homes.isMovable()) {
            return TenantTransaction.run(homes.shared(), kind, tenant.value(), work);
        }
        return Uni.createFrom().deferred(() -> {
            Home home = homes.of(tenant);
            return home.pool() == null ? Uni.createFrom().failure(new HomeUnavailable(homes.whyUnavailable(home)))
                    : TenantTransaction.run(home, kind, tenant.value(), home.mark(), work);
        }).onFailure(failure -> failure instanceof TenantMoved && moves > 0)
                .recoverWithUni(() -> homes.refresh().chain(() -> forTenant(kind, tenant, work, moves - 1)));
    }

    private static <T> Uni<T> forPlane(Home home, Kind kind, String reason, Function<Statements, Uni<T>> work) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("work over all tenants needs a reason");
        }
        return TenantTransaction.run(home, kind, "", work);
    }
}
