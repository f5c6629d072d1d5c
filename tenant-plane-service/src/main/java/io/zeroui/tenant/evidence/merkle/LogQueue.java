package io.zeroui.tenant.evidence.merkle;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Journal lines that one log does not have yet, or the word that they must be read from the journal. Guarded by itself. */
final class LogQueue {

    private final TenantId tenant;
    private final Deque<JournalLine> lines = new ArrayDeque<>();
    private long durable;
    private boolean scheduled;
    private @Nullable TenantLog log;
    private @Nullable String broken;
    /** Behind the last line that the log has; null where that was not looked up yet. */
    private @Nullable JournalPosition position;

    LogQueue(TenantId tenant) {
        this.tenant = tenant;
    }

    TenantId tenant() {
        return tenant;
    }

    /** The journal is durable up to this line. */
    synchronized void durableTo(long sequence) {
        durable = Math.max(durable, sequence);
    }

    /** Lines became durable. Returns how many of them are kept in memory: all or none. */
    synchronized int offer(List<JournalLine> fresh, boolean roomLeft) {
        long last = lines.isEmpty() ? durable : lines.getLast().entry().sequence();
        durableTo(fresh.get(fresh.size() - 1).entry().sequence());
        boolean follows = fresh.get(0).entry().sequence() == last + 1;
        if (!roomLeft || !follows || broken != null) {
            return 0;
        }
        lines.addAll(fresh);
        return fresh.size();
    }

    /** A ledger was opened again: whatever was wrong with its log is looked at anew. */
    synchronized void reopen(long sequence) {
        durableTo(sequence);
        if (broken != null) {
            broken = null;
            log = null;
            position = null;
        }
    }

    /** True once for everybody who wants the queue to have a turn, until {@link #turnBegins()}. */
    synchronized boolean schedule() {
        if (scheduled || broken != null) {
            return false;
        }
        scheduled = true;
        return true;
    }

    synchronized void turnBegins() {
        scheduled = false;
    }

    /** Lines behind the log that are durable. */
    synchronized long lag() {
        return durable - (log == null ? 0 : Math.min(log.size(), durable));
    }

    synchronized long durable() {
        return durable;
    }

    /** The lines in memory that follow the log, at most {@code limit}; none where memory does not have the next one. */
    synchronized List<JournalLine> next(long size, int limit) {
        List<JournalLine> next = new ArrayList<>(Math.min(limit, lines.size()));
        for (JournalLine line : lines) {
            if (line.entry().sequence() != size + 1 + next.size() || next.size() == limit) {
                break;
            }
            next.add(line);
        }
        return next;
    }

    /** Whether memory has the line behind that one. */
    synchronized boolean holdsNext(long size) {
        JournalLine first = lines.peekFirst();
        return first != null && first.entry().sequence() == size + 1;
    }

    /** Drops the lines in memory that the log has. Returns how many. */
    synchronized int dropUpTo(long size) {
        int before = lines.size();
        while (!lines.isEmpty() && lines.getFirst().entry().sequence() <= size) {
            lines.removeFirst();
        }
        return before - lines.size();
    }

    /** The log has everything up to this line. Returns how many lines in memory became superfluous. */
    synchronized int appended(JournalLine last) {
        position = last.after();
        return dropUpTo(last.entry().sequence());
    }

    synchronized @Nullable JournalPosition position() {
        return position;
    }

    synchronized @Nullable TenantLog log() {
        return log;
    }

    synchronized void opened(TenantLog opened) {
        log = opened;
    }

    /** Why nothing is appended any more; null while all is well. */
    synchronized @Nullable String broken() {
        return broken;
    }

    /** Gives the log up. Returns how many lines in memory became superfluous. */
    synchronized int markBroken(String reason) {
        broken = reason;
        int before = lines.size();
        lines.clear();
        return before;
    }
}
