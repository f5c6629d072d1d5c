package io.zeroui.ide.status;

import io.smallrye.mutiny.Uni;
import io.zeroui.ide.policy.EdgePolicies;
import io.zeroui.ide.receipts.claims.CatchUp;
import io.zeroui.ide.receipts.index.IndexQueue;
import io.zeroui.ide.receipts.index.ReceiptIndexer;
import io.zeroui.ide.receipts.index.UniquenessLookup;
import io.zeroui.ide.receipts.intake.IntakeMetrics;
import io.zeroui.ide.receipts.quarantine.ReceiptQuarantine;
import io.zeroui.ide.sync.OutboxState;
import io.zeroui.ide.sync.ReceiptOutbox;
import io.zeroui.ide.sync.ReceiptSync;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.fabric.Quarantine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what the parts of this service know of themselves; answers also while the database is down. */
@ApplicationScoped
public class EdgeStatus {

    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(1);

    private final PlaneConfig plane;
    private final DatabaseSchema schema;
    private final CatchUp catchUp;
    private final UniquenessLookup lookup;
    private final IndexQueue queue;
    private final ReceiptIndexer indexer;
    private final IntakeMetrics intake;
    private final ReceiptQuarantine quarantine;
    private final ReceiptOutbox outbox;
    private final ReceiptSync sync;
    private final EdgePolicies policies;

    EdgeStatus(PlaneConfig plane, DatabaseSchema schema, CatchUp catchUp, UniquenessLookup lookup, IndexQueue queue,
            ReceiptIndexer indexer, IntakeMetrics intake, ReceiptQuarantine quarantine, ReceiptOutbox outbox,
            ReceiptSync sync, EdgePolicies policies) {
        this.plane = plane;
        this.schema = schema;
        this.catchUp = catchUp;
        this.lookup = lookup;
        this.queue = queue;
        this.indexer = indexer;
        this.intake = intake;
        this.quarantine = quarantine;
        this.outbox = outbox;
        this.sync = sync;
        this.policies = policies;
    }

    /** The present state; never fails. */
    public Uni<IdeStatus> now() {
        Uni<@Nullable OutboxState> waiting = outbox.state()
                .ifNoItem().after(DATABASE_TIMEOUT).fail()
                .onFailure().recoverWithNull();
        Uni<@Nullable String> epoch = outbox.epoch()
                .ifNoItem().after(DATABASE_TIMEOUT).fail()
                .onFailure().recoverWithNull();
        return waiting.chain(state -> epoch.map(identity -> status(state, identity)));
    }

    /** Figures for telemetry. */
    Uni<Map<String, Long>> counts() {
        return now().map(status -> {
            Map<String, Long> counts = new TreeMap<>();
            counts.put("receipts_appended", status.appended());
            counts.put("receipts_refused", status.refused());
            counts.put("receipts_quarantined", status.quarantine().kept() + status.quarantine().dropped());
            counts.put("policy_release", status.policy().release());
            counts.put("policy_age_seconds", Objects.requireNonNullElse(status.policy().ageSeconds(), -1L));
            counts.put("index_lag_bytes", status.index().lagBytes());
            counts.put("index_lag_lines", status.index().queuedLines());
            OutboxState waiting = status.outbox();
            if (waiting != null) {
                counts.put("outbox_waiting", waiting.waiting());
                counts.put("outbox_parked", waiting.parked());
            }
            return counts;
        });
    }

    private IdeStatus status(@Nullable OutboxState waiting, @Nullable String epoch) {
        Map<String, String> trouble = new TreeMap<>();
        trouble.put("index", indexer.trouble());
        trouble.put("outbox", sync.trouble());
        trouble.values().removeIf(String::isEmpty);
        Quarantine.Counts quarantined = quarantine.counts();
        boolean checked = catchUp.isComplete() && lookup.isAvailable();
        return new IdeStatus(plane.plane(), plane.edge().id(), plane.edge().tenant().orElse(null), plane.region(),
                epoch, schema.state(), catchUp.isComplete() && queue.size() == 0, checked ? "checked" : "deferred", waiting, sync.inFlight(), intake.appended(),
                intake.refused(), new IdeStatus.IndexState(indexer.isHealthy(), queue.size(), indexer.lagBytes(),
                        indexer.watermarks()),
                new IdeStatus.QuarantineState(quarantined.kept(), quarantined.dropped(), quarantined.byReason()), policies.status(), trouble);
    }
}
