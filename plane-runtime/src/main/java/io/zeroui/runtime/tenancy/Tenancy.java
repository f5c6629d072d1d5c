package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.TenantTransaction.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements for one tenant, or for the plane itself, in a transaction in which both settings are set that the
 * row-level security policies look at ({@code app.current_tenant_id} and {@code app.plane_scope}), and for it alone. The
 * {@code list} methods run one {@link Select}, whose transaction is its own. All others open one, run the work and end it;
 * {@code BEGIN}, the settings and the first statement go out together. Either way the settings cost no round trip and need
 * nothing of the session: a transaction pooler may stand between.
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
     * Reads one tenant's rows with one statement, whose settings travel inside it: one round trip, and no transaction beside
     * the statement's own. The rows come in the statement's order; in a plane where tenants move, columns of ours come after its own.
     */
    public Uni<List<Row>> listInTenant(TenantId tenant, Select select, Tuple parameters) {
        return atHome(tenant,
                (home, mark) -> TenantRead.run(home, Kind.TENANT_READ, tenant.value(), mark, select, parameters), MOVES_MOST);
    }

    /** Like {@link #listInTenant} over the rows of all tenants in the shared home, as {@link #readInPlane}. */
    public Uni<List<Row>> listInPlane(String reason, Select select, Tuple parameters) {
        return listInPlane(homes.shared(), reason, select, parameters);
    }

    /** Like {@link #listInPlane(String, Select, Tuple)}, in one home. */
    public Uni<List<Row>> listInPlane(Home home, String reason, Select select, Tuple parameters) {
        check(reason);
        return TenantRead.run(home, Kind.PLANE_READ, "", null, select, parameters);
    }

    /**
     * Reads what the plane itself keeps about a tenant, in the plane's own database wherever the tenant lives. Rows about other
     * tenants are not there for it.
     */
    public <T> Uni<T> readAboutTenant(TenantId tenant, Function<Statements, Uni<T>> work) {
        return TenantTransaction.run(homes.shared(), Kind.TENANT_READ, tenant.value(), work);
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
        return atHome(tenant, (home, mark) -> TenantTransaction.run(home, kind, tenant.value(), mark, work), moves);
    }

    /** Does it where the tenant lives, and again where it had moved meanwhile. */
    private <T> Uni<T> atHome(TenantId tenant, BiFunction<Home, @Nullable String, Uni<T>> work, int moves) {
        if (!homes.isMovable()) {
            return work.apply(homes.shared(), null);
        }
        return Uni.createFrom().deferred(() -> {
            Home home = homes.of(tenant);
            return home.pool() == null ? Uni.createFrom().failure(new HomeUnavailable(homes.whyUnavailable(home)))
                    : work.apply(home, home.mark());
        }).onFailure(failure -> failure instanceof TenantMoved && moves > 0)
                .recoverWithUni(() -> homes.refresh().chain(() -> atHome(tenant, work, moves - 1)));
    }

    private static <T> Uni<T> forPlane(Home home, Kind kind, String reason, Function<Statements, Uni<T>> work) {
        check(reason);
        return TenantTransaction.run(home, kind, "", work);
    }

    private static void check(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("work over all tenants needs a reason");
        }
    }
}
