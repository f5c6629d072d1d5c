package io.zeroui.product.policy.gates;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.DatabaseSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Removes counts that are older than gates look back. */
@ApplicationScoped
class PolicyCountKeeper {

    private static final Logger LOG = Logger.getLogger(PolicyCountKeeper.class);

    /** Rows of one statement: so many are removed long before its time is over. */
    private static final int BATCH = 5_000;

    private final PolicyCountStore store;
    private final DatabaseSchema schema;
    private final GatesConfig config;

    PolicyCountKeeper(PolicyCountStore store, DatabaseSchema schema, GatesConfig config) {
        this.store = store;
        this.schema = schema;
        this.config = config;
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keep() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return removeBefore(Instant.now().minus(config.keep()))
                .onFailure().invoke(cause -> LOG.warnf("old counts of policies are removed in an hour: %s", cause.getMessage()))
                .onFailure().recoverWithItem(0)
                .replaceWithVoid();
    }

    /**
     * Removes all tenants' minutes before a time; returns how many rows those were. Where a tenant's cannot be removed the others' are; its
     * own are tried again the next time.
     */
    Uni<Integer> removeBefore(Instant time) {
        return store.tenantsBefore(time).ifNoItem().after(config.timeout()).fail()
                .onItem().transformToMulti(tenants -> Multi.createFrom().iterable(tenants))
                .onItem().transformToUniAndConcatenate(tenant -> removeBefore(tenant, time))
                .collect().with(Collectors.summingInt(Integer::intValue));
    }

    /** Statement by statement; what was removed before one failed stays removed. */
    private Uni<Integer> removeBefore(TenantId tenant, Instant time) {
        AtomicInteger removed = new AtomicInteger();
        Uni<Integer> batch = Uni.createFrom()
                .deferred(() -> store.removeBefore(tenant, time, BATCH).ifNoItem().after(config.timeout()).fail());
        return batch.invoke(rows -> removed.addAndGet(rows))
                .repeat().whilst(rows -> rows == BATCH)
                .collect().last()
                .onFailure().invoke(cause -> LOG.warnf("old counts of policies of %s are removed in an hour: %s", tenant, cause.getMessage()))
                .onFailure().recoverWithItem(0)
                .map(last -> removed.get());
    }
}
