package io.zeroui.runtime.intake;

import java.util.concurrent.CompletableFuture;

/**
 * The order in which the batches of one stream claim their ids: as they were sent, although their checks may overtake each
 * other. So of two lines with one id the first of the stream wins. Thread-safe.
 */
public final class StreamOrder {

    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * One batch's turn.
     *
     * @param before completes when the batch before has claimed its ids, or never will
     * @param over to be completed in the same manner
     */
    public record Turn(CompletableFuture<Void> before, CompletableFuture<Void> over) {

        /** The next ones may go. Repeating it changes nothing. */
        public void end() {
            over.complete(null);
        }
    }

    /** The turn of the next batch. */
    public synchronized Turn next() {
        Turn turn = new Turn(last, new CompletableFuture<>());
        last = turn.over();
        return turn;
    }
}
