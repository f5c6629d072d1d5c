package io.zeroui.tenant.evidence.courier;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.courier.CourierFiles.Place;
import io.zeroui.tenant.evidence.courier.CourierFiles.Placed;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.evidence.work.SerialLane;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tenants' courier batches. A batch is there when its record is durable; the table is brought up to the records before it is
 * asked whether a batch is known, so a crash between the two shows nobody anything.
 */
@ApplicationScoped
public class CourierBatches {

    private final CourierFiles files;
    private final CourierStore store;
    private final LedgerFiles ledgerFiles;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private final Map<TenantId, State> states = new ConcurrentHashMap<>();

    /** What is known of a tenant; its batches go through the lane one after the other. */
    private static final class State {
        private final SerialLane lane = new SerialLane();
        private volatile boolean caughtUp;
        private volatile long lastNumber;
    }

    CourierBatches(CourierFiles files, CourierStore store, LedgerFiles ledgerFiles, EvidenceWorkers workers, Clock clock) {
        this.files = files;
        this.store = store;
        this.ledgerFiles = ledgerFiles;
        this.workers = workers;
        this.clock = clock;
    }

    /** Runs work on one batch of the tenant's after the other; the table has every record when it begins. */
    public <T> Uni<T> exclusively(TenantId tenant, Supplier<Uni<T>> work) {
        State state = state(tenant);
        return state.lane.run(() -> caughtUp(tenant, state).chain(work::get));
    }

    /** Brings the table up to the records, from the beginning if need be. */
    public Uni<Void> catchUp(TenantId tenant) {
        State state = state(tenant);
        return state.lane.run(() -> {
            state.caughtUp = false;
            return caughtUp(tenant, state);
        });
    }

    /** Records a batch whose receipts are in the ledger; only within {@link #exclusively}. */
    public Uni<Void> record(TenantId tenant, CourierClaims claims, List<ReceiptId> receipts, List<Hash> leaves) {
        State state = state(tenant);
        CourierBatch batch = new CourierBatch(state.lastNumber + 1, claims, receipts, leaves,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return Uni.createFrom().deferred(() -> {
            state.caughtUp = false;
            return files.append(tenant, batch);
        }).emitOn(workers.executor())
                .chain(placed -> store.insert(tenant, List.of(placed)))
                .invoke(() -> {
                    state.lastNumber = batch.number();
                    state.caughtUp = true;
                });
    }

    /** The batch of that id; also to be called within {@link #exclusively}. */
    public Uni<Optional<BatchRow>> find(TenantId tenant, String batchId) {
        return complete(tenant, () -> store.find(tenant, batchId));
    }

    /** What couriers brought of an emitter. */
    public Uni<EmitterRange> range(TenantId tenant, String emitterService) {
        return complete(tenant, () -> store.range(tenant, emitterService));
    }

    /** The record of a batch; fails with {@link IOException} where it is not what was written. */
    public Uni<CourierBatch> read(BatchRow row) {
        return workers.read(() -> {
            try {
                CourierBatch batch = CourierCodec.read(ledgerFiles.bytes(row.file(), row.fileOffset(), row.lineLength()));
                if (batch.claims().contentHash().equals(row.contentHash())) {
                    return batch;
                }
            } catch (IllegalArgumentException e) {
                throw new IOException("the record of batch " + row.batchId() + " is damaged", e);
            }
            throw new IOException("the record of batch " + row.batchId() + " is another one's");
        });
    }

    /** A question to a table that has every record; whoever has the lane has made sure of that. */
    private <T> Uni<T> complete(TenantId tenant, Supplier<Uni<T>> question) {
        return Uni.createFrom().deferred(() -> state(tenant).caughtUp ? question.get() : exclusively(tenant, question));
    }

    private Uni<Void> caughtUp(TenantId tenant, State state) {
        if (state.caughtUp) {
            return Uni.createFrom().voidItem();
        }
        return store.last(tenant).invoke(last -> state.lastNumber = last.number())
                .chain(last -> follow(tenant, state, last.place()));
    }

    private Uni<Void> follow(TenantId tenant, State state, @Nullable Place after) {
        return workers.run(() -> files.read(tenant, after)).chain(found -> {
            if (found.isEmpty()) {
                state.caughtUp = true;
                return Uni.createFrom().voidItem();
            }
            Placed last = found.get(found.size() - 1);
            return store.insert(tenant, found)
                    .invoke(() -> state.lastNumber = Math.max(state.lastNumber, last.batch().number()))
                    .chain(() -> follow(tenant, state, last.place()));
        });
    }

    private State state(TenantId tenant) {
        return states.computeIfAbsent(tenant, id -> new State());
    }
}
