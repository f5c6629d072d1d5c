package io.zeroui.product.vectors.text.embedding;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of calls run at once, and a bounded number wait for that. Tenants take turns, whoever of them waits with many calls; where
 * there is no room for one more, the last call of the tenant with the most has to go.
 */
final class Turns {

    private final int most;
    private final int waitingMost;
    private final Map<TenantId, Deque<Call>> waiting = new LinkedHashMap<>();
    private int waitingNow;
    private int running;

    Turns(int most, int waitingMost) {
        this.most = most;
        this.waitingMost = waitingMost;
    }

    private record Call(TenantId tenant, Runnable start, Runnable refuse) {
    }

    /** The result of work that begins when the tenant's turn has come; fails with 503 when too much waits. */
    <T> Uni<T> run(TenantId tenant, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            AtomicBoolean begun = new AtomicBoolean();
            return Uni.createFrom().<Boolean> emitter(emitter -> {
                Call call = new Call(tenant, () -> {
                    emitter.complete(true);
                    if (!begun.get()) { // whoever waited has gone
                        end();
                    }
                }, () -> emitter.fail(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many texts wait to be embedded; try again later")));
                emitter.onTermination(() -> forget(call));
                begin(call);
            }).chain(turn -> {
                begun.set(true);
                return Uni.createFrom().deferred(work::get).onTermination().invoke(this::end);
            });
        });
    }

    private void begin(Call call) {
        Call refused = null;
        boolean starts;
        synchronized (this) {
            starts = running < most;
            if (starts) {
                running++;
            } else {
                waiting.computeIfAbsent(call.tenant(), first -> new ArrayDeque<>()).add(call);
                waitingNow++;
                refused = waitingNow > waitingMost ? removeOne(call.tenant()) : null;
            }
        }
        if (starts) {
            call.start().run();
        } else if (refused != null) {
            refused.refuse().run();
        }
    }

    /** The last call of the tenant that waits with the most; of equal ones the newcomer's. */
    private Call removeOne(TenantId newcomer) {
        Deque<Call> longest = waiting.values().stream().max(Comparator.<Deque<Call>> comparingInt(Deque::size)
                .thenComparing(calls -> calls.getLast().tenant().equals(newcomer))).orElseThrow();
        Call last = longest.getLast();
        forget(last);
        return last;
    }

    private synchronized void forget(Call call) {
        Deque<Call> own = waiting.get(call.tenant());
        if (own != null && own.remove(call)) {
            waitingNow--;
            if (own.isEmpty()) {
                waiting.remove(call.tenant());
            }
        }
    }

    private void end() {
        Call next = next();
        if (next != null) {
            next.start().run();
        }
    }

    /** The first call of the tenant whose turn is next; the tenant is the last one then. */
    private synchronized @Nullable Call next() {
        if (waiting.isEmpty()) {
            running--;
            return null;
        }
        Iterator<Deque<Call>> queues = waiting.values().iterator();
        Deque<Call> own = queues.next();
        queues.remove();
        Call first = own.removeFirst();
        waitingNow--;
        if (!own.isEmpty()) {
            waiting.put(first.tenant(), own);
        }
        return first;
    }
}
