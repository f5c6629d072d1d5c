package io.zeroui.tenant.evidence.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.problems.RequestId;
import io.zeroui.runtime.security.Callers;
import io.zeroui.tenant.evidence.access.EvidenceReadStore.Count;
import io.zeroui.tenant.evidence.access.EvidenceReadStore.Read;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notes who read what. The same read by the same caller within about a second is one record with its number. Noting costs a
 * look into a map; a statement a second writes what was noted, for all tenants together.
 */
@ApplicationScoped
public class EvidenceReads {

    private static final Logger LOG = Logger.getLogger(EvidenceReads.class);
    private static final int WAITING_MOST = 20_000;
    private static final int WRITTEN_MOST = 5_000;
    private static final int TARGET_MOST = 300;
    private static final Duration STOP = Duration.ofSeconds(3);

    private final EvidenceReadStore store;
    private final Callers callers;
    private final CurrentVertxRequest request;
    private final Clock clock;
    private Map<Read, Count> open = new LinkedHashMap<>();
    private List<Map.Entry<Read, Count>> writing = List.of();

    EvidenceReads(EvidenceReadStore store, Callers callers, CurrentVertxRequest request, Clock clock) {
        this.store = store;
        this.callers = callers;
        this.request = request;
        this.clock = clock;
    }

    /** A read that has begun. */
    public final class Begun {

        private final String subject;
        private final String requestId;
        private final EvidenceAction action;
        private final String target;

        private Begun(String subject, String requestId, EvidenceAction action, String target) {
            this.subject = subject;
            this.requestId = requestId;
            this.action = action;
            this.target = target;
        }

        /**
         * The answer, noted when it is there; that nothing was found is noted as well.
         *
         * @param tenant whose evidence
         * @param results number of receipts in the answer
         * @return fails with 503 where it cannot be noted
         */
        public <T> Uni<T> noting(TenantId tenant, Uni<T> answer, ToLongFunction<T> results) {
            return answer.invoke(item -> seen(tenant, results.applyAsLong(item)))
                    .onFailure(Begun::isNotFound).invoke(() -> seen(tenant, 0));
        }

        /** Notes it; throws a problem with 503 where it cannot be noted. */
        public void seen(TenantId tenant, long results) {
            if (!note(new Read(subject, tenant.value(), action.key(), target), results, requestId)) {
                throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "The access cannot be noted at the moment, so it is not allowed");
            }
        }

        private static boolean isNotFound(Throwable failure) {
            return failure instanceof ProblemException problem && problem.code() == ErrorCode.RESOURCE_NOT_FOUND;
        }
    }

    /**
     * Begins a read; to be called at the beginning of a resource method, on its own thread.
     *
     * @param target which receipt or batch, or what is asked for
     */
    public Begun begin(EvidenceAction action, String target) {
        RoutingContext routing = request.getCurrent();
        return new Begun(callers.current().subject(), routing == null ? "" : RequestId.of(routing.request()), action,
                shortened(target));
    }

    /**
     * The same where nobody is calling, or not with a credential.
     *
     * @param subject in whose name
     * @param requestId empty where it is no request
     */
    public Begun begin(String subject, String requestId, EvidenceAction action, String target) {
        return new Begun(subject, requestId, action, shortened(target));
    }

    /** Short, and without what a database cannot keep. */
    private static String shortened(String target) {
        String text = target.length() > TARGET_MOST ? target.substring(0, TARGET_MOST) : target;
        return text.replace('\0', '?');
    }

    /** Reads that are noted and not written. */
    synchronized int waiting() {
        return open.size() + writing.size();
    }

    private synchronized boolean note(Read read, long results, String requestId) {
        Count before = open.get(read);
        if (before == null && waiting() >= WAITING_MOST) {
            return false;
        }
        Count now = before == null ? new Count(1, results, requestId, clock.instant()) : before.plus(results);
        open.put(read, now);
        return true;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        List<Map.Entry<Read, Count>> batch = next();
        return batch.isEmpty() ? Uni.createFrom().voidItem() : store.insert(batch)
                .invoke(nothing -> written())
                .onFailure().invoke(failure -> LOG.debugf("reads could not be noted: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** What was taken out and could not be written comes first again. */
    private synchronized List<Map.Entry<Read, Count>> next() {
        if (writing.isEmpty()) {
            List<Map.Entry<Read, Count>> taken = new ArrayList<>();
            Map<Read, Count> later = new LinkedHashMap<>();
            open.forEach((read, count) -> {
                if (taken.size() < WRITTEN_MOST) {
                    taken.add(Map.entry(read, count));
                } else {
                    later.put(read, count);
                }
            });
            writing = taken;
            open = later;
        }
        return writing;
    }

    private synchronized void written() {
        writing = List.of();
    }

    /** A service that stops in order loses nothing. */
    void stop(@Observes ShutdownEvent event) {
        Instant end = clock.instant().plus(STOP);
        while (waiting() > 0 && clock.instant().isBefore(end)) {
            @Nullable
            Throwable failure = written(end);
            if (failure != null) {
                LOG.warnf("%d reads were not noted: %s", waiting(), failure.getMessage());
                return;
            }
        }
    }

    private @Nullable Throwable written(Instant end) {
        try {
            store.insert(next()).await().atMost(Duration.between(clock.instant(), end).plusMillis(1));
            written();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
