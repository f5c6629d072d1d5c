package io.zeroui.ide.receipts.index;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.claims.CatchUp;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the index for ids, but never lets intake wait for a database that is down: after one failure it does not ask for a
 * while.
 */
@ApplicationScoped
public class UniquenessLookup {

    private static final Logger LOG = Logger.getLogger(UniquenessLookup.class);

    private final ReceiptStore store;
    private final CatchUp catchUp;
    private final ReceiptsConfig config;
    private volatile long closedUntilNanos = System.nanoTime();
    private volatile boolean answering;

    UniquenessLookup(ReceiptStore store, CatchUp catchUp, ReceiptsConfig config) {
        this.store = store;
        this.catchUp = catchUp;
        this.config = config;
    }

    /** What is stored under these ids; empty when that is not known now. */
    public Uni<Optional<Map<ReceiptId, StoredReceipt>>> find(Collection<ReceiptId> ids) {
        if (!catchUp.isComplete() || System.nanoTime() - closedUntilNanos < 0) {
            return Uni.createFrom().item(Optional.empty());
        }
        return store.listStored(ids)
                .ifNoItem().after(config.lookupTimeout()).fail()
                .map(Optional::of)
                .invoke(found -> answering = true)
                .onFailure().invoke(this::pause)
                .onFailure().recoverWithItem(Optional.empty());
    }

    /** Whether the database answered when it was last asked. */
    public boolean isAnswering() {
        return answering && System.nanoTime() - closedUntilNanos >= 0;
    }

    /** Whether the next question will be asked at all. */
    public boolean isAvailable() {
        return System.nanoTime() - closedUntilNanos >= 0;
    }

    private void pause(Throwable failure) {
        closedUntilNanos = System.nanoTime() + config.lookupPause().toNanos();
        if (answering) {
            LOG.warnf("uniqueness of receipt ids is deferred, the index does not answer: %s", failure);
        }
        answering = false;
    }
}
