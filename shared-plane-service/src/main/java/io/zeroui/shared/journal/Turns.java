package io.zeroui.shared.journal;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets asynchronous works run one after the other, in the order of their subscription; a work ends though nobody waits for it any more. */
final class Turns {

    private final int most;
    private final AtomicInteger waiting = new AtomicInteger();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** @param most works that wait or run; more fail with 503 */
    Turns(int most) {
        this.most = most;
    }

    /** The work's outcome, after all before it have ended one way or the other. */
    <T> Uni<T> next(Supplier<Uni<T>> work) {
        return Uni.createFrom().completionStage(() -> queued(work));
    }

    private synchronized <T> CompletableFuture<T> queued(Supplier<Uni<T>> work) {
        if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                    "Too many writers wait for this registry; try again"));
        }
        CompletableFuture<T> mine = last.handle((done, failure) -> 0)
                .thenCompose(turn -> Uni.createFrom().deferred(work::get).subscribeAsCompletionStage())
                .whenComplete((done, failure) -> waiting.decrementAndGet());
        last = mine;
        return mine;
    }
}
