package io.zeroui.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zeroui.contracts.Plane;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import redis.clients.jedis.Jedis;

/**
 * Real PostgreSQL and Redis for tests: one runtime per JVM, shared by all its test classes, on free ports and on a state
 * folder of its own that is removed when the JVM ends, however it ends. The variable {@code ZEROUI_TEST_ENGINE=containers}
 * takes containers instead of {@code deploy/runtime}.
 *
 * <p>
 * All methods block; failures are {@link IllegalStateException} with the output of what failed.
 */
public final class RealRuntime {

    private static @Nullable RealRuntime shared;

    private final RuntimeEngine engine;
    private final TempZuRoot zuRoot = TempZuRoot.create();

    private RealRuntime(RuntimeEngine engine) {
        this.engine = engine;
        Runtime.getRuntime().addShutdownHook(new Thread(zuRoot::close, "zeroui-zu-root-remove"));
    }

    /** This JVM's runtime, with the given parts running. */
    public static synchronized RealRuntime with(RuntimePart... parts) {
        RealRuntime runtime = shared;
        if (runtime == null) {
            boolean containers = "containers".equals(System.getenv("ZEROUI_TEST_ENGINE"));
            runtime = new RealRuntime(containers ? new ContainerEngine() : ScriptEngine.open());
            shared = runtime;
        }
        return runtime.start(parts);
    }

    /** Starts the parts that do not run; one that was stopped or killed comes back with its data and its port. */
    @CanIgnoreReturnValue
    public synchronized RealRuntime start(RuntimePart... parts) {
        engine.start(Arrays.asList(parts));
        return this;
    }

    /** Stops a part cleanly and keeps its data. */
    @CanIgnoreReturnValue
    public synchronized RealRuntime stop(RuntimePart part) {
        engine.stop(part);
        return this;
    }

    /** Kills a part as {@code kill -9} does and keeps its data. */
    @CanIgnoreReturnValue
    public synchronized RealRuntime kill(RuntimePart part) {
        engine.kill(part);
        return this;
    }

    /** The variables of the running system, as {@code zeroui env} would print them. */
    public Map<String, String> environment() {
        return engine.environment();
    }

    /** The serving login's URL, {@code postgresql://user:password@host:port/database}. */
    public String databaseUrl(Plane plane) {
        return variable("ZEROUI_" + plane.name() + "_DB_URL");
    }

    /** The owner login's URL, in the same form. */
    public String migrationUrl(Plane plane) {
        return variable("ZEROUI_" + plane.name() + "_DB_MIGRATION_URL");
    }

    /** The URL of the login that only reads through views, in the same form. */
    public String analyticsUrl(Plane plane) {
        return variable("ZEROUI_" + plane.name() + "_DB_ANALYTICS_URL");
    }

    /** The serving login's URL through a connection pool in transaction mode; empty where the runtime has none. */
    public Optional<String> pooledUrl(Plane plane) {
        return Optional.ofNullable(environment().get("ZEROUI_" + plane.name() + "_DB_POOL_URL"));
    }

    /** The superuser's URL, in the same form: for looking at a database from a test, never for a service. */
    public String adminUrl(Plane plane) {
        return variable("ZEROUI_" + plane.name() + "_DB_ADMIN_URL");
    }

    /** {@code redis://default:password@host:port}: the operators' login, for a test's own looks and never for a service. */
    public String redisUrl() {
        return variable("REDIS_URL");
    }

    /** The same with the plane's own login, which may do what the catalogue of channels says: for its service. */
    public String redisUrl(Plane plane) {
        return variable(plane.redisUrlVariable());
    }

    /** A storage fabric that lives as long as this JVM. */
    public Path zuRoot() {
        return zuRoot.path();
    }

    /** The folder with the servers' data and logs; nothing where they run in containers. */
    public Optional<Path> stateFolder() {
        return engine instanceof ScriptEngine script ? Optional.of(script.state()) : Optional.empty();
    }

    /**
     * A new connection with any of the URLs above; the caller closes it. Not from {@code DriverManager}: it knows the driver of
     * the class loader that came first, which is closed when a second Quarkus test profile starts in the same JVM.
     */
    public static Connection connect(String url) throws SQLException {
        URI uri = URI.create(url);
        String[] login = uri.getRawUserInfo().split(":", 2);
        String jdbc = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath();
        Properties properties = new Properties();
        properties.setProperty("user", login[0]);
        properties.setProperty("password", login[1]);
        Connection connection = new Driver().connect(jdbc, properties);
        if (connection == null) {
            throw new SQLException("not a URL of PostgreSQL: " + jdbc);
        }
        return connection;
    }

    /** A new connection to Redis; the caller closes it. */
    public Jedis redis() {
        return new Jedis(URI.create(redisUrl()));
    }

    /** Empties a plane's database as it was after its creation, so that a service migrates from nothing. */
    public void resetDatabase(Plane plane) {
        String schema = plane == Plane.IDE ? "core" : "app";
        String sql = """
                DROP SCHEMA IF EXISTS access CASCADE;
                DROP SCHEMA IF EXISTS registry CASCADE;
                DROP SCHEMA IF EXISTS witness CASCADE;
                DROP SCHEMA IF EXISTS %1$s CASCADE;
                DROP SCHEMA IF EXISTS analytics CASCADE;
                CREATE SCHEMA %1$s AUTHORIZATION zeroui_%2$s_owner;
                GRANT USAGE ON SCHEMA %1$s TO zeroui_%2$s_user;
                DO $$ DECLARE name text; BEGIN
                  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                    EXECUTE format('DROP TABLE public.%%I CASCADE', name);
                  END LOOP;
                  FOR name IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') LOOP
                    EXECUTE format('DROP SCHEMA %%I CASCADE', name);
                  END LOOP;
                END $$;
                """.formatted(schema, plane.key());
        try (Connection connection = connect(adminUrl(plane)); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot empty the database of plane " + plane.key(), e);
        }
    }

    /** Removes everything from Redis, as {@code FLUSHALL} does. */
    public void flushRedis() {
        try (Jedis redis = redis()) {
            redis.flushAll();
        }
    }

    private String variable(String name) {
        String value = environment().get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not known: start its part first");
        }
        return value;
    }
}
