package io.zeroui.runtime.tenancy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The one that decides where a tenant's rows are. What it knows may be old: every transaction also asks the database, and
 * one that went to the wrong place does nothing and comes again.
 */
@ApplicationScoped
public class Homes {

    private static final Logger LOG = Logger.getLogger(Homes.class);

    private final HomesConfig config;
    private final OwnDatabases databases;
    private final Home shared;
    private final Vertx vertx;
    private volatile Map<TenantId, Home> moved = Map.of();
    private volatile boolean stopped;

    Homes(Pool pool, HomesConfig config, OwnDatabases databases, Vertx vertx) {
        this.config = config;
        this.databases = databases;
        this.shared = Home.shared(pool);
        this.vertx = vertx;
    }

    /** Where the tenants live that have no home of their own. */
    public Home shared() {
        return shared;
    }

    /** Where the tenant lives, as far as this process knows. */
    public Home of(TenantId tenant) {
        return moved.getOrDefault(tenant, shared);
    }

    /** The shared home and all others in which somebody lives. */
    public List<Home> all() {
        List<Home> all = new ArrayList<>(List.of(shared));
        all.addAll(moved.values());
        return all;
    }

    /** Whether tenants can be moved in this plane; where not, statements need nothing of the functions for it. */
    boolean isMovable() {
        return config.movable();
    }

    /** Learns where tenants live now. */
    public Uni<Void> refresh() {
        return TenantHomeStore.list(shared).invoke(found -> {
            Map<TenantId, Home> homes = new HashMap<>();
            found.forEach((tenant, place) -> homes.put(tenant, home(place)));
            moved = Map.copyOf(homes);
        }).replaceWithVoid();
    }

    /** The home for a tier; its pool is null where the database is not known or not ready. */
    Home home(TenantHomeStore.Place place) {
        return switch (place.tier()) {
            case SHARED -> shared;
            case SCHEMA -> Home.ownSchema(place.name(), shared.pool());
            case DATABASE -> Home.ownDatabase(place.name(), databases.find(place.name()));
        };
    }

    /** Why there is no connection to a database of that name, in words. */
    String whyUnavailable(Home home) {
        return home.tier() == IsolationTier.DATABASE ? databases.trouble(home.place()) : "it is not ready";
    }

    void start(@Observes StartupEvent event) {
        if (!config.movable()) {
            return;
        }
        databases.start();
        long timer = vertx.setPeriodic(1, config.refresh().toMillis(), id -> {
            if (stopped) {
                vertx.cancelTimer(id);
            } else {
                refresh().subscribe().with(done -> {
                }, failure -> LOG.debugf("where tenants live could not be read: %s", failure));
            }
        });
        LOG.debugf("timer %d", timer);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        databases.stop();
    }
}
