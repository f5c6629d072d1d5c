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
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
                PlaneDatabase database = database();
                String found = database.prepare();
                List<String> faults = database.faults();
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

    private PlaneDatabase database() {
        String url = "jdbc:" + settings.getValue("quarkus.datasource.reactive.url", String.class);
        PlaneDatabase.Login serving = new PlaneDatabase.Login(url,
                settings.getValue("quarkus.datasource.username", String.class),
                settings.getOptionalValue("quarkus.datasource.password", String.class).orElse(""));
        PlaneDatabase.Login owner = config.migration().jdbcUrl().map(address -> new PlaneDatabase.Login(address,
                config.migration().user().orElseThrow(), config.migration().password().orElse(""))).orElse(null);
        return new PlaneDatabase(Plane.ofKey(plane.plane()), serving, owner);
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
