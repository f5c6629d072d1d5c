package io.zeroui.runtime.tenancy;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.database.DatabaseUrl;
import io.zeroui.runtime.database.MigratedPlane;
import io.zeroui.runtime.database.PlaneDatabase;
import io.zeroui.testing.RealRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The tenant plane's real database with the serving login, and a second one for a tenant of its own, without beans. */
final class HomesHarness implements AutoCloseable {

    /** Name of the second database, in the settings and on the server. */
    static final String OWN_DATABASE = "acme-own";

    final MigratedPlane plane;
    final Vertx vertx = Vertx.vertx();
    private final Path settings;
    private final URI ownUrl;

    HomesHarness() throws SQLException, IOException {
        plane = MigratedPlane.of(Plane.TENANT);
        ownUrl = onServer(plane.runtime().databaseUrl(Plane.TENANT), "zeroui_own");
        URI owner = onServer(plane.runtime().migrationUrl(Plane.TENANT), "zeroui_own");
        plane.execute("DROP DATABASE IF EXISTS zeroui_own WITH (FORCE)");
        plane.execute("CREATE DATABASE zeroui_own OWNER " + owner.getRawUserInfo().split(":", 2)[0]);
        try (Connection admin = RealRuntime.connect(onServer(plane.runtime().adminUrl(Plane.TENANT), "zeroui_own").toString());
                Statement statement = admin.createStatement()) {
            statement.execute("GRANT CREATE ON SCHEMA public TO " + owner.getRawUserInfo().split(":", 2)[0]);
        }
        settings = Files.createTempFile("databases", ".properties");
        Files.writeString(settings, OWN_DATABASE + ".url=" + ownUrl + "\n" + OWN_DATABASE + ".migration-url=" + owner + "\n");
    }

    private HomesHarness(MigratedPlane plane, String name) throws IOException {
        this.plane = plane;
        this.ownUrl = URI.create(plane.runtime().databaseUrl(Plane.TENANT));
        this.settings = Files.createTempFile("databases", ".properties");
        Files.writeString(settings, name + ".url=" + ownUrl + "\n" + name + ".migration-url="
                + plane.runtime().migrationUrl(Plane.TENANT) + "\n");
    }

    /** Settings in which the plane's own database has that name. */
    HomesHarness again(String name) throws IOException {
        return new HomesHarness(plane, name);
    }

    /** Why a service would not start on the plane's database. */
    List<String> faults() {
        DatabaseUrl url = DatabaseUrl.parse("url", plane.runtime().databaseUrl(Plane.TENANT));
        return new PlaneDatabase(Plane.TENANT, new PlaneDatabase.Login(url.jdbcUrl(), url.user(), url.password()), null).faults();
    }

    /** A process of its own: what it knows of homes is its own. */
    Homes process() {
        HomesConfig config = new Config(true, Optional.of(settings));
        OwnDatabases databases = new OwnDatabases(config, planeConfig(), vertx);
        databases.start();
        return new Homes(pool(DatabaseUrl.parse("url", plane.runtime().databaseUrl(Plane.TENANT)), vertx), config, databases,
                vertx);
    }

    /** As the serving login of the second database. */
    Connection own() throws SQLException {
        return RealRuntime.connect(ownUrl.toString());
    }

    /** As its administrator. */
    Connection ownAdmin() throws SQLException {
        return RealRuntime.connect(onServer(plane.runtime().adminUrl(Plane.TENANT), "zeroui_own").toString());
    }

    /** Homes of a plane in which nobody moves. */
    static Homes fixed(Pool pool, Vertx vertx) {
        HomesConfig config = new Config(false, Optional.empty());
        return new Homes(pool, config, new OwnDatabases(config, planeConfig(), vertx), vertx);
    }

    @Override
    public void close() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        Files.delete(settings);
    }

    private static Pool pool(DatabaseUrl url, Vertx vertx) {
        return new Pool(PgBuilder.pool()
                .connectingTo(new PgConnectOptions().setHost(url.host()).setPort(url.port()).setDatabase(url.database())
                        .setUser(url.user()).setPassword(url.password()).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(8)).using(vertx).build());
    }

    private static URI onServer(String url, String database) {
        return URI.create(url.substring(0, url.lastIndexOf('/') + 1) + database);
    }

    private static PlaneConfig planeConfig() {
        return new PlaneConfig() {
            @Override
            public String plane() {
                return Plane.TENANT.key();
            }

            @Override
            public String region() {
                return "local";
            }

            @Override
            public String instance() {
                return "test";
            }

            @Override
            public Fabric fabric() {
                throw new IllegalStateException("no files here");
            }

            @Override
            public Edge edge() {
                throw new IllegalStateException("no edge here");
            }
        };
    }

    private record Config(boolean movable, Optional<Path> databases) implements HomesConfig {
        @Override
        public int connections() {
            return 4;
        }

        @Override
        public Duration refresh() {
            return Duration.ofMillis(200);
        }
    }
}
