package io.zeroui.ide.receipts.intake;

import java.util.concurrent.CompletableFuture;

/**
 * The order in which the batches of one stream claim their ids: as they were sent, although their checks may overtake each
 * other. So of two lines with one id the first of the stream wins. Thread-safe.
 */
public final class ClaimOrder {

    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * One batch's turn.
     *
     * @param before completes when the batch before has claimed its ids, or never will
     * @param over to be completed in the same manner
     */
    record Turn(CompletableFuture<Void> before, CompletableFuture<Void> over) {

        void end() {
            over.complete(null);
        }
    }

    synchronized Turn next() {
        Turn turn = new Turn(last, new CompletableFuture<>());
        last = turn.over();
        return turn;
    }
}
