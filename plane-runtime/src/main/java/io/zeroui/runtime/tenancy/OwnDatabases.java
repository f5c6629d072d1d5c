package io.zeroui.runtime.tenancy;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zeroui.contracts.Plane;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.database.DatabaseUrl;
import io.zeroui.runtime.database.PlaneDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The databases of tenants that have one of their own. Each is brought to the plane's schema, and its serving login checked
 * as the plane's own is, before anybody gets a connection. The file is read again and again: a new line needs no restart.
 */
@ApplicationScoped
class OwnDatabases {

    private static final Logger LOG = Logger.getLogger(OwnDatabases.class);
    private static final String URL = ".url";
    private static final String MIGRATION_URL = ".migration-url";

    private final HomesConfig config;
    private final Plane plane;
    private final Vertx vertx;
    private final Map<String, Pool> ready = new ConcurrentHashMap<>();
    private final Map<String, PlaneDatabase> checked = new ConcurrentHashMap<>();
    /** Ready before, and not answering now. */
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private @Nullable Thread worker;

    OwnDatabases(HomesConfig config, PlaneConfig plane, Vertx vertx) {
        this.config = config;
        this.plane = Plane.ofKey(plane.plane());
        this.vertx = vertx;
    }

    /** Connections to the database of that name; null where it is not known, not ready or does not answer. */
    @Nullable
    Pool find(String name) {
        return silent.contains(name) ? null : ready.get(name);
    }

    /** Why {@link #find} has none, in words; never an address. */
    String trouble(String name) {
        return silent.contains(name) ? "the database " + name + " does not answer" : troubles.getOrDefault(name, "no database of that name is in the file of ZEROUI_"
                + plane.name() + "_DATABASES");
    }

    void start() {
        Thread thread = new Thread(this::run, "own databases");
        thread.setDaemon(true);
        thread.start();
        worker = thread;
    }

    void stop() {
        stopped = true;
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
        ready.values().forEach(Pool::closeAndForget);
    }

    private void run() {
        while (!stopped) {
            Optional<Path> file = config.databases();
            checked.forEach(this::listen);
            if (file.isPresent()) {
                prepareAll(file.get());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(config.refresh().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** So that one tenant's database that is down is known to be, and others need not wait for it. */
    private void listen(String name, PlaneDatabase database) {
        boolean changed = database.answers() ? silent.remove(name) : silent.add(name);
        if (changed) {
            LOG.warnf("the database %s %s", name, silent.contains(name) ? "does not answer" : "answers again");
        }
    }

    private void prepareAll(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("the databases of tenants cannot be read from %s: %s", file, e.getMessage());
            return;
        }
        Set<String> names = new TreeSet<>();
        lines.stringPropertyNames().stream().filter(key -> key.endsWith(URL))
                .forEach(key -> names.add(key.substring(0, key.length() - URL.length())));
        for (String name : names) {
            if (!ready.containsKey(name)) {
                prepare(name, lines.getProperty(name + URL), lines.getProperty(name + MIGRATION_URL));
            }
        }
    }

    private void prepare(String name, String url, @Nullable String migrationUrl) {
        try {
            DatabaseUrl serving = DatabaseUrl.parse(name + URL, url);
            PlaneDatabase.Login owner = migrationUrl == null ? null
                    : login(DatabaseUrl.parse(name + MIGRATION_URL, migrationUrl));
            PlaneDatabase database = new PlaneDatabase(plane, login(serving), owner);
            String version = database.prepare();
            List<String> faults = database.faults();
            if (!faults.isEmpty()) {
                throw new IllegalStateException(String.join(" | ", faults));
            }
            checked.put(name, database);
            ready.put(name, pool(serving));
            troubles.remove(name);
            LOG.infof("the database %s is at version %s", name, version);
        } catch (RuntimeException e) {
            String trouble = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
            if (!trouble.equals(troubles.put(name, trouble))) {
                LOG.warnf("the database %s is not ready, trying again: %s", name, trouble);
            }
        }
    }

    private Pool pool(DatabaseUrl url) {
        PgConnectOptions options = new PgConnectOptions().setHost(url.host()).setPort(url.port()).setDatabase(url.database())
                .setUser(url.user()).setPassword(url.password()).setCachePreparedStatements(true);
        return new Pool(PgBuilder.pool().connectingTo(options)
                .with(new PoolOptions().setMaxSize(config.connections())).using(vertx).build());
    }

    private static PlaneDatabase.Login login(DatabaseUrl url) {
        return new PlaneDatabase.Login(url.jdbcUrl(), url.user(), url.password());
    }
}
