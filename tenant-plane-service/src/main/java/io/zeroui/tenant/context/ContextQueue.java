package io.zeroui.tenant.context;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zeroui.contracts.identity.TenantId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Changes that are still to be sent. Withdrawals come before exports, and tenants take turns, whoever of them has many. In memory: the files know too. */
final class ContextQueue {

    private final Map<Change, Due> waiting = new ConcurrentHashMap<>();
    private final AtomicLong turns = new AtomicLong();
    /** The tenant who had the last turn. */
    private String last = "";

    /** Of which export. */
    record Change(TenantId tenant, UUID exportId) {
    }

    /**
     * When it is due.
     *
     * @param isEnd whether it is a withdrawal
     * @param sent how often it was sent
     * @param turn tells one wish to have it sent from the next
     */
    record Due(boolean isEnd, int sent, Instant at, long turn) {
    }

    /** How many there are. */
    int size() {
        return waiting.size();
    }

    /** Has an export, or its end, sent soon. */
    void add(Change change, boolean isEnd) {
        waiting.put(change, new Due(isEnd, 0, Instant.EPOCH, turns.incrementAndGet()));
    }

    /** The same, unless it waits already. */
    @CanIgnoreReturnValue
    boolean addMissing(Change change, boolean isEnd) {
        return waiting.putIfAbsent(change, new Due(isEnd, 0, Instant.EPOCH, turns.incrementAndGet())) == null;
    }

    /** How it waits; null where it does not. */
    @Nullable Due find(Change change) {
        return waiting.get(change);
    }

    /** It is sent now, and due again then. */
    void sent(Change change, Instant again) {
        var unused = waiting.computeIfPresent(change, (same, due) -> new Due(due.isEnd(), due.sent() + 1, again, due.turn()));
    }

    /** Nothing is to be sent any more, unless somebody has wished it since. */
    void done(Change change, @Nullable Due wish) {
        var unused = waiting.computeIfPresent(change, (same, due) -> wish != null && due.turn() == wish.turn() ? null : due);
    }

    /** The next ones that are due, at most so many. */
    synchronized List<Change> due(Instant now, int most) {
        NavigableMap<String, Deque<Change>> ends = new TreeMap<>();
        NavigableMap<String, Deque<Change>> exports = new TreeMap<>();
        waiting.forEach((change, due) -> {
            if (!due.at().isAfter(now)) {
                Deque<Change> own = (due.isEnd() ? ends : exports).computeIfAbsent(change.tenant().value(), first -> new ArrayDeque<>());
                if (own.size() < most) {
                    own.add(change);
                }
            }
        });
        List<Change> next = new ArrayList<>();
        take(ends, next, most);
        take(exports, next, most);
        return next;
    }

    /** One of each tenant, and again from the first, beginning behind the tenant who was last. */
    private void take(NavigableMap<String, Deque<Change>> lines, List<Change> next, int most) {
        Iterator<Map.Entry<String, Deque<Change>>> from = lines.tailMap(last, false).entrySet().iterator();
        while (next.size() < most && !lines.isEmpty()) {
            if (!from.hasNext()) {
                from = lines.entrySet().iterator();
            }
            Map.Entry<String, Deque<Change>> line = from.next();
            next.add(line.getValue().remove());
            last = line.getKey();
            if (line.getValue().isEmpty()) {
                from.remove();
            }
        }
    }
}
