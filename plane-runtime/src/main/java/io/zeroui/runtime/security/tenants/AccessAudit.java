package io.zeroui.runtime.security.tenants;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Who reached other tenants' data. Accesses of a second by the same caller to the same tenant are one record with their
 * number; what could not be written yet waits in memory, bounded, and when that is full no more such access is allowed.
 */
@ApplicationScoped
class AccessAudit {

    private static final Logger LOG = Logger.getLogger(AccessAudit.class);
    private static final int WAITING_MOST = 2_000;
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final AccessAuditStore store;
    private final Map<Access, Count> open = new HashMap<>();

    /**
     * What was reached.
     *
     * @param subject by whom
     * @param tenant whose; {@code *} where the question was about any tenant
     * @param permission with which permission
     * @param second in which second
     */
    record Access(String subject, String tenant, Permission permission, Instant second) {
    }

    /**
     * How often.
     *
     * @param requests number of requests
     * @param requestId id of the first of them
     */
    record Count(long requests, String requestId) {
    }

    AccessAudit(AccessAuditStore store) {
        this.store = store;
    }

    /** Notes an access; false where it cannot be noted, so that it must not happen. */
    synchronized boolean note(String subject, String tenant, Permission permission, String requestId) {
        Instant second = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        Access access = new Access(subject, tenant, permission, second);
        Count before = open.get(access);
        if (before == null && open.size() >= WAITING_MOST) {
            return false;
        }
        if (before == null) {
            LOG.infof("%s reaches tenant %s with %s, request %s", subject, tenant, permission.text(), requestId);
        }
        open.put(access, before == null ? new Count(1, requestId) : new Count(before.requests() + 1, before.requestId()));
        return true;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        List<Map.Entry<Access, Count>> closed = closed(Instant.now().minus(WINDOW));
        if (closed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.insert(closed)
                .invoke(() -> forget(closed))
                .onFailure().invoke(failure -> LOG.debugf("accesses could not be noted: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    private synchronized List<Map.Entry<Access, Count>> closed(Instant before) {
        List<Map.Entry<Access, Count>> closed = new ArrayList<>();
        open.forEach((access, count) -> {
            if (!access.second().isAfter(before)) {
                closed.add(Map.entry(access, count));
            }
        });
        return closed;
    }

    private synchronized void forget(List<Map.Entry<Access, Count>> written) {
        written.forEach(entry -> open.remove(entry.getKey()));
    }
}
