package io.zeroui.runtime.database;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.PlaneConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the plane's schema to the version that this build knows, or, without the owner's login, waits until somebody
 * else has. A database that is down at the start delays only what needs it: the service itself starts.
 */
@ApplicationScoped
public class DatabaseSchema {

    private static final Logger LOG = Logger.getLogger(DatabaseSchema.class);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);
    private static final int REFUSED = 1;
    private final PlaneConfig plane;
    private final DatabaseConfig config;
    private final Pool pool;
    private final Config settings;
    private final CompletableFuture<String> version = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile String state = "not checked yet";
    private @Nullable Thread worker;

    DatabaseSchema(PlaneConfig plane, DatabaseConfig config, Pool pool, Config settings) {
        this.settings = settings;
        this.plane = plane;
        this.config = config;
        this.pool = pool;
    }

    /** Completes, with the schema version, once the schema is the one this build needs; never fails. */
    public Uni<String> whenReady() {
        return Uni.createFrom().completionStage(() -> version.copy());
    }

    /** True once {@link #whenReady()} has completed. */
    public boolean isReady() {
        return version.isDone();
    }

    /** In words: the version, or what is being waited for. */
    public String state() {
        return state;
    }

    /** Asks the database one trivial question; true if it answers within two seconds. */
    public Uni<Boolean> answers() {
        return pool.query("SELECT 1")
                .execute()
                .map(rows -> true)
                .ifNoItem().after(PING_TIMEOUT).recoverWithItem(false)
                .onFailure().recoverWithItem(false);
    }

    void start(@Observes @Priority(10) StartupEvent event) {
        Thread thread = new Thread(this::run, "schema");
        thread.setDaemon(true);
        thread.start();
        worker = thread;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        String last = "";
        while (!stopping && !version.isDone()) {
            try {
                String found = config.migration().jdbcUrl().isPresent() ? migrate() : check();
                List<String> faults = faultsOfServingLogin();
                if (!faults.isEmpty()) {
                    refuse(faults);
                    return;
                }
                state = "version " + found;
                LOG.infof("database schema of the %s plane is at version %s", plane.plane(), found);
                version.complete(found);
                return;
            } catch (RuntimeException e) {
                String cause = cause(e);
                state = "waiting: " + cause;
                if (!cause.equals(last)) {
                    LOG.warnf("database schema of the %s plane is not ready, trying again: %s", plane.plane(), cause);
                    last = cause;
                }
            }
            pause();
        }
    }

    /** Not a state to wait in: a service that could show a tenant another one's rows does not run. */
    private void refuse(List<String> faults) {
        state = "refused: " + String.join(" | ", faults);
        LOG.fatalf("the %s plane does not run on this database: %s", plane.plane(), String.join(" | ", faults));
        Quarkus.asyncExit(REFUSED);
    }

    private List<String> faultsOfServingLogin() {
        try (Connection connection = DriverManager.getConnection(servingJdbcUrl(), servingLogin(), servingPassword())) {
            return ServingLogin.faults(connection, TableCatalogue.of(Plane.ofKey(plane.plane())));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot check the serving login: " + e.getMessage(), e);
        }
    }

    private String servingJdbcUrl() {
        return "jdbc:" + settings.getValue("quarkus.datasource.reactive.url", String.class);
    }

    private String servingLogin() {
        return settings.getValue("quarkus.datasource.username", String.class);
    }

    private String servingPassword() {
        return settings.getOptionalValue("quarkus.datasource.password", String.class).orElse("");
    }

    private String migrate() {
        Flyway flyway = flyway()
                .dataSource(config.migration().jdbcUrl().orElseThrow(), config.migration().user().orElseThrow(),
                        config.migration().password().orElse(""))
                .load();
        flyway.migrate();
        letServingLoginReadHistory(flyway);
        return versionOf(flyway.info().current());
    }

    /** With the serving login nothing is changed: the history is read and compared with the migrations of this build. */
    private String check() {
        MigrationInfoService info = flyway().dataSource(servingJdbcUrl(), servingLogin(), servingPassword()).load().info();
        if (info.pending().length > 0) {
            throw new FlywayException(info.pending().length + " migrations are missing, up to version "
                    + info.pending()[info.pending().length - 1].getVersion() + "; set ZEROUI_"
                    + plane.plane().toUpperCase(Locale.ROOT)
                    + "_DB_MIGRATION_URL to the owner's login so that the service can apply them");
        }
        return versionOf(info.current());
    }

    /** The serving login may read the history, so that a service without the owner's login can check it. */
    private void letServingLoginReadHistory(Flyway flyway) {
        String login = "zeroui_" + plane.plane() + "_user";
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("GRANT SELECT ON public.schema_history TO " + login);
        } catch (SQLException e) {
            throw new FlywayException("cannot grant " + login + " to read the schema history: " + e.getMessage(), e);
        }
    }

    private static String versionOf(@Nullable MigrationInfo current) {
        return current == null || current.getVersion() == null ? "none" : current.getVersion().getVersion();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure(DatabaseSchema.class.getClassLoader())
                .locations("classpath:db/migration/" + plane.plane())
                .table("schema_history")
                .defaultSchema("public")
                .connectRetries(0);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(config.retry().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** What was tried, and why the database said no. */
    private static String cause(RuntimeException failure) {
        String text = String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && !text.contains(String.valueOf(sql.getMessage()))) {
                return text + ": " + String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
            }
        }
        return text;
    }
}
