package io.zeroui.tenant.evidence;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.tenancy.Homes;
import io.zeroui.tenant.evidence.courier.CourierBatches;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.journal.LedgerLock;
import io.zeroui.tenant.evidence.outbox.EvidenceOutbox;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Recovers all ledgers at the start, and with an empty database rebuilds the whole index, before the first new receipt is
 * taken. The service is ready when that is done.
 */
@ApplicationScoped
class LedgerStart {

    private static final Logger LOG = Logger.getLogger(LedgerStart.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MOST = Duration.ofSeconds(5);

    private final DatabaseSchema schema;
    private final EvidenceOutbox outbox;
    private final LedgerFolders folders;
    private final LedgerLock lock;
    private final EvidenceLedger ledger;
    private final CourierBatches couriers;
    private final EvidenceWorkers workers;
    private final Homes homes;
    private final Vertx vertx;
    private volatile boolean stopped;
    private final CompletableFuture<Boolean> recovered = new CompletableFuture<>();
    private volatile String state = "not begun";
    private @Nullable Cancellable running;

    LedgerStart(DatabaseSchema schema, EvidenceOutbox outbox, LedgerFolders folders, LedgerLock lock,
            EvidenceLedger ledger, CourierBatches couriers, EvidenceWorkers workers, Homes homes, Vertx vertx) {
        this.schema = schema;
        this.outbox = outbox;
        this.folders = folders;
        this.lock = lock;
        this.ledger = ledger;
        this.couriers = couriers;
        this.workers = workers;
        this.homes = homes;
        this.vertx = vertx;
    }

    /** Completes when every ledger is recovered and indexed. */
    Uni<Boolean> whenRecovered() {
        return Uni.createFrom().completionStage(() -> recovered.copy());
    }

    /** What the start is doing, in words. */
    String state() {
        return state;
    }

    /** Whether {@link #whenRecovered()} has completed. */
    boolean isRecovered() {
        return recovered.isDone();
    }

    void start(@Observes StartupEvent event) {
        state = "waiting for the database schema";
        running = schema.whenReady()
                .chain(outbox::epoch)
                .chain(this::recover)
                .onFailure().invoke(failure -> LOG.warnf("recovery of the ledgers failed, trying again: %s", failure))
                .onFailure().retry().withBackOff(RETRY_FIRST, RETRY_MOST).indefinitely()
                .subscribe().with(tenants -> {
                    state = "recovered";
                    LOG.infof("%d ledgers are recovered and indexed", tenants);
                    boolean first = recovered.complete(true);
                    LOG.debugf("receipts are taken from now on: %s", first);
                });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        Cancellable recovery = running;
        if (recovery != null) {
            recovery.cancel();
        }
    }

    private Uni<Integer> recover(String epoch) {
        state = "recovering";
        return workers.run(() -> {
            lock.acquire();
            return folders.listTenants();
        }).call(homes::refresh).chain(tenants -> {
            List<TenantId> now = tenants.stream().filter(tenant -> homes.of(tenant).isReady()).toList();
            return ledger.open(now).chain(() -> catchUpCouriers(now)).invoke(() -> openLater(tenants.stream().filter(tenant -> !now.contains(tenant)).toList()))
                    .replaceWith(now.size());
        });
    }

    /** The index of courier batches follows the files like that of receipts. */
    private Uni<Void> catchUpCouriers(List<TenantId> tenants) {
        return Multi.createFrom().iterable(tenants)
                .onItem().transformToUniAndConcatenate(couriers::catchUp)
                .collect().last()
                .replaceWithVoid();
    }

    /** Ledgers of tenants with a database of their own that does not answer yet: nobody else waits for them. */
    private void openLater(List<TenantId> tenants) {
        if (tenants.isEmpty() || stopped) {
            return;
        }
        LOG.warnf("%d ledgers wait for their tenants' own databases", tenants.size());
        vertx.setTimer(RETRY_MOST.toMillis(), timer -> {
            List<TenantId> ready = tenants.stream().filter(tenant -> homes.of(tenant).isReady()).toList();
            ledger.open(ready).chain(() -> catchUpCouriers(ready)).subscribe().with(
                    done -> openLater(tenants.stream().filter(tenant -> !ready.contains(tenant)).toList()),
                    failure -> {
                        LOG.warnf("ledgers could not be opened yet: %s", failure);
                        openLater(tenants);
                    });
        });
    }
}
