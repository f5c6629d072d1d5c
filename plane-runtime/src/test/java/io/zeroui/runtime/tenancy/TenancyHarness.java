package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.MigratedPlane;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tenancy on the product plane's real database, with the serving login, without a container for beans. */
final class TenancyHarness implements AutoCloseable {

    static final Duration WAIT = Duration.ofSeconds(30);
    static final TenantId ONE = TenantId.of("one");
    static final TenantId TWO = TenantId.of("two");

    final MigratedPlane plane = MigratedPlane.of(Plane.PRODUCT);
    final Vertx vertx = Vertx.vertx();
    final Pool pool;
    final Tenancy tenancy;

    TenancyHarness(int connections) {
        this(connections, 0);
    }

    /** With another port in front of the database. */
    TenancyHarness(int connections, int port) {
        URI url = URI.create(plane.runtime().databaseUrl(Plane.PRODUCT));
        String[] login = url.getRawUserInfo().split(":", 2);
        PgConnectOptions options = new PgConnectOptions().setHost(url.getHost()).setPort(port == 0 ? url.getPort() : port)
                .setDatabase(url.getPath().substring(1)).setUser(login[0]).setPassword(login[1])
                .setCachePreparedStatements(true);
        pool = new Pool(io.vertx.pgclient.PgBuilder.pool().connectingTo(options)
                .with(new PoolOptions().setMaxSize(connections)).using(vertx.getDelegate()).build());
        tenancy = new Tenancy(HomesHarness.fixed(pool, vertx.getDelegate()));
    }

    static int databasePort(MigratedPlane plane) {
        return URI.create(plane.runtime().databaseUrl(Plane.PRODUCT)).getPort();
    }

    /** Whose rows the statements see; the query has no predicate. */
    static Uni<List<String>> seen(Statements in) {
        return in.execute("SELECT tenant_id FROM app.evidence_applied ORDER BY tenant_id").map(TenancyHarness::texts);
    }

    static Uni<RowSet<Row>> insert(Statements in, TenantId tenant) {
        return in.execute("INSERT INTO app.evidence_applied (tenant_id) VALUES ($1) ON CONFLICT (tenant_id) DO UPDATE "
                + "SET updated_at = now()", Tuple.of(tenant.value()));
    }

    static List<String> texts(RowSet<Row> rows) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.getString(0)));
        return texts;
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(WAIT);
    }

    @Override
    public void close() {
        pool.close().await().atMost(WAIT);
        vertx.close().await().atMost(WAIT);
    }
}
