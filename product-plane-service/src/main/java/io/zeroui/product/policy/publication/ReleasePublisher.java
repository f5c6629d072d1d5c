package io.zeroui.product.policy.publication;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.policy.registry.PolicyConfig;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.product.policy.release.PolicyReleases;
import io.zeroui.product.policy.release.ReleasedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes tenants' released policies, one tenant after the other on a thread of its own: always the list that the history comes
 * to at that moment, so a later wish never loses to an earlier one.
 */
@ApplicationScoped
public class ReleasePublisher {

    private static final Logger LOG = Logger.getLogger(ReleasePublisher.class);
    private static final long RETRY_MOST_MILLIS = 60_000;
    private static final int DOUBLINGS_MOST = 16;

    private final PolicyRegistry registry;
    private final PolicyConfig config;
    private final Optional<PolicyReleases> releases;
    private final Map<String, Wish> wishes = new TreeMap<>();
    private boolean started;
    private boolean stopping;
    private @Nullable Thread worker;

    @Inject
    ReleasePublisher(PolicyRegistry registry, PolicyConfig config, Instance<PolicyReleases> releases) {
        this(registry, config, releases.isResolvable() ? Optional.of(releases.get()) : Optional.empty());
    }

    /** Publishes there; empty where nothing in this service can publish. */
    ReleasePublisher(PolicyRegistry registry, PolicyConfig config, Optional<PolicyReleases> releases) {
        this.registry = registry;
        this.config = config;
        this.releases = releases;
    }

    /** What a tenant waits for. */
    private static final class Wish {
        private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
        private int failures;
        private String failure = "";
        private long notBefore = System.nanoTime();
    }

    /**
     * A tenant whose policies are not published as its history says.
     *
     * @param tenant whose
     * @param failures attempts that failed
     * @param failure the last one's cause; empty while none has
     */
    public record Unpublished(String tenant, int failures, String failure) {
    }

    /** Publishes a tenant's policies; true once they are, false where that takes longer or fails: it is tried again. */
    public Uni<Boolean> publish(TenantId tenant) {
        return Uni.createFrom().completionStage(() -> wish(tenant))
                .ifNoItem().after(config.publicationWait()).recoverWithItem(false);
    }

    /** The tenants whose policies are still to be published. */
    public synchronized List<Unpublished> unpublished() {
        return wishes.entrySet().stream()
                .map(wish -> new Unpublished(wish.getKey(), wish.getValue().failures, wish.getValue().failure)).toList();
    }

    /** Whether every tenant was asked for since the start. */
    public synchronized boolean isStarted() {
        return started;
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    void start() {
        Thread thread = new Thread(this::run, "policy-publisher");
        thread.setDaemon(true);
        thread.start();
        worker = thread;
    }

    void stop(@Observes ShutdownEvent event) {
        stop();
    }

    void stop() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized CompletableFuture<Boolean> wish(TenantId tenant) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Wish wish = wishes.computeIfAbsent(tenant.value(), id -> new Wish());
        wish.waiting.add(done);
        wish.notBefore = System.nanoTime();
        notifyAll();
        return done;
    }

    private void run() {
        try {
            while (!begun()) {
                pause(config.publicationRetry());
            }
            for (TenantId next = next(); next != null; next = next()) {
                attempt(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks for every tenant once. */
    private boolean begun() {
        try {
            List<TenantId> tenants = registry.tenants();
            synchronized (this) {
                tenants.forEach(tenant -> wishes.computeIfAbsent(tenant.value(), id -> new Wish()));
                started = true;
            }
            return true;
        } catch (RuntimeException e) {
            LOG.debugf("policies cannot be published yet: %s", e.getMessage());
            return false;
        }
    }

    private synchronized void pause(Duration time) throws InterruptedException {
        if (!stopping) {
            wait(Math.max(1, time.toMillis()));
        }
    }

    /** The tenant whose turn is next; null when there are no more turns. */
    private synchronized @Nullable TenantId next() throws InterruptedException {
        while (!stopping) {
            long now = System.nanoTime();
            long wait = Long.MAX_VALUE;
            for (Map.Entry<String, Wish> wish : wishes.entrySet()) {
                long left = wish.getValue().notBefore - now;
                if (left <= 0) {
                    return TenantId.of(wish.getKey());
                }
                wait = Math.min(wait, left);
            }
            wait(wait == Long.MAX_VALUE ? 0 : wait / 1_000_000 + 1);
        }
        return null;
    }

    private void attempt(TenantId tenant) {
        List<CompletableFuture<Boolean>> waiting;
        synchronized (this) {
            Wish wish = Objects.requireNonNull(wishes.get(tenant.value()));
            waiting = List.copyOf(wish.waiting);
            wish.waiting.clear();
        }
        String failure = failure(tenant);
        settle(tenant, failure);
        waiting.forEach(one -> one.complete(failure == null));
    }

    /** Why it could not be published; null when it is. */
    private @Nullable String failure(TenantId tenant) {
        if (releases.isEmpty()) {
            return "nothing in this service publishes policies";
        }
        try {
            List<ReleasedPolicy> all = registry.book(tenant).released().stream()
                    .map(entry -> new ReleasedPolicy(entry.id(), registry.snapshot(tenant, entry), Objects.requireNonNull(entry.terms())))
                    .toList();
            releases.get().publish(tenant, all).await().atMost(config.publicationTimeout());
            return null;
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private synchronized void settle(TenantId tenant, @Nullable String failure) {
        Wish wish = Objects.requireNonNull(wishes.get(tenant.value()));
        if (failure == null) {
            if (wish.waiting.isEmpty()) {
                wishes.remove(tenant.value());
            } else {
                wish.failures = 0;
                wish.failure = "";
            }
            return;
        }
        if (!failure.equals(wish.failure)) {
            LOG.warnf("the policies of %s are not published, trying again: %s", tenant, failure);
        }
        wish.failure = failure;
        long millis = config.publicationRetry().toMillis() << Math.min(wish.failures++, DOUBLINGS_MOST);
        if (wish.waiting.isEmpty()) {
            wish.notBefore = System.nanoTime() + Math.min(Math.max(millis, 1), RETRY_MOST_MILLIS) * 1_000_000;
        }
    }
}
