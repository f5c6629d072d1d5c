package io.zeroui.tenant.evidence.governance.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.tenant.evidence.LedgerActs;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Looks at every ledger now and then, and lets what its tenant does not keep any longer go. */
@ApplicationScoped
class RetentionKeeper {

    private static final Logger LOG = Logger.getLogger(RetentionKeeper.class);

    private final Retention retention;
    private final LedgerActs ledgers;
    private final LedgerFolders folders;
    private final EvidenceWorkers workers;
    private final RetentionConfig config;
    private final DatabaseSchema schema;
    private final Vertx vertx;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean stopped;

    RetentionKeeper(Retention retention, LedgerActs ledgers, LedgerFolders folders, EvidenceWorkers workers, RetentionConfig config,
            DatabaseSchema schema, Vertx vertx) {
        this.retention = retention;
        this.ledgers = ledgers;
        this.folders = folders;
        this.workers = workers;
        this.config = config;
        this.schema = schema;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        schema.whenReady().subscribe().with(version -> {
            lookFirst();
            long timer = vertx.setPeriodic(config.look().toMillis(), id -> {
                if (stopped) {
                    vertx.cancelTimer(id);
                } else {
                    turn();
                }
            });
            LOG.debugf("timer %d", timer);
        });
    }

    /** A large ledger takes longer to recover than the first look waits. */
    private void lookFirst() {
        long first = vertx.setTimer(config.firstLook().toMillis(), id -> {
            if (ledgers.isRecovered()) {
                turn();
            } else if (!stopped) {
                lookFirst();
            }
        });
        LOG.debugf("timer %d", first);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void turn() {
        if (stopped || !ledgers.isRecovered() || !busy.compareAndSet(false, true)) {
            return;
        }
        workers.run(folders::listTenants).onItem().transformToMulti(tenants -> Multi.createFrom().iterable(tenants))
                .onItem().transformToUniAndConcatenate(this::apply)
                .collect().last()
                .onTermination().invoke(() -> busy.set(false))
                .subscribe().with(done -> {
                }, failure -> LOG.error("the ledgers were not looked at for what is kept no longer", failure));
    }

    private Uni<Void> apply(TenantId tenant) {
        return stopped ? Uni.createFrom().voidItem()
                : retention.apply(tenant)
                        .onFailure().invoke(failure -> LOG.warnf("what %s keeps no longer goes later: %s", tenant, failure))
                        .onFailure().recoverWithNull();
    }
}
