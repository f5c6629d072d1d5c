package io.zeroui.tenant.evidence.index;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant's index lacks: lines in memory, in the ledger's order, or the word that they must be read from the
 * files. Guarded by itself.
 */
final class TenantQueue {

    private final TenantId tenant;
    private final Deque<LedgerLine> lines = new ArrayDeque<>();
    private final List<CompletableFuture<@Nullable Void>> waiters = new ArrayList<>();
    private long offered;
    private @Nullable Watermark indexed;
    private boolean fromFiles = true;
    private boolean resting;
    private Duration pause = Duration.ZERO;
    private @Nullable Ahead ahead;

    /** Lines read from the files before their turn. */
    private record Ahead(JournalPosition from, List<LedgerLine> lines) {
    }

    /** A queue that begins with the files: what the index has is not known yet. */
    TenantQueue(TenantId tenant, long lastSequence) {
        this.tenant = tenant;
        this.offered = lastSequence;
    }

    TenantId tenant() {
        return tenant;
    }

    /** Whether it waits after a failure. */
    synchronized boolean isResting() {
        return resting;
    }

    /** Its turn failed: it rests. Returns for how long; each time twice as long, up to {@code most}. */
    synchronized Duration failed(Duration first, Duration most) {
        resting = true;
        Duration now = pause.isZero() ? first : pause;
        Duration doubled = now.multipliedBy(2);
        pause = doubled.compareTo(most) > 0 ? most : doubled;
        return now;
    }

    /** It may have a turn again. */
    synchronized void rested() {
        resting = false;
    }

    /** Its turn succeeded. */
    synchronized void succeeded() {
        pause = Duration.ZERO;
    }

    /** How far the index is known to be; null while it is not known. */
    synchronized @Nullable Watermark indexed() {
        return indexed;
    }

    /** Whether the next lines are in the files and not in memory. */
    synchronized boolean isFromFiles() {
        return fromFiles;
    }

    /** Lines that are durable and not indexed. */
    synchronized long lag() {
        Watermark mark = indexed;
        return offered - (mark == null ? 0 : Math.min(mark.sequence(), offered));
    }

    /** Lines in memory. */
    synchronized int held() {
        return lines.size();
    }

    /** The journal has become longer. Returns how many of the new lines are kept in memory: all or none. */
    synchronized int offer(List<LedgerLine> fresh, boolean roomLeft) {
        offered = Math.max(offered, fresh.get(fresh.size() - 1).sequence());
        if (fromFiles) {
            return 0;
        }
        if (!roomLeft) {
            fromFiles = true;
            return 0;
        }
        lines.addAll(fresh);
        return fresh.size();
    }

    /** The journal is known to reach that far; what is missing is read from the files. */
    synchronized void reread(long lastSequence) {
        offered = Math.max(offered, lastSequence);
        fromFiles = true;
        indexed = null;
        ahead = null;
    }

    /** Keeps lines that were read from the files behind a place, until their turn comes. */
    synchronized void keepAhead(JournalPosition from, List<LedgerLine> next) {
        ahead = next.isEmpty() ? null : new Ahead(from, next);
    }

    /** The lines that were read behind that place; empty when there are none, or others. */
    synchronized Optional<List<LedgerLine>> takeAhead(@Nullable JournalPosition from) {
        Ahead kept = ahead;
        ahead = null;
        return kept == null || !kept.from().equals(from) ? Optional.empty() : Optional.of(kept.lines());
    }

    /** The next lines in memory, at most {@code limit}; they stay until {@link #moved}. */
    synchronized List<LedgerLine> peek(int limit) {
        List<LedgerLine> next = new ArrayList<>(Math.min(limit, lines.size()));
        for (LedgerLine line : lines) {
            if (next.size() == limit) {
                break;
            }
            next.add(line);
        }
        return next;
    }

    /** The index is at this watermark now. Returns how many lines in memory became superfluous. */
    synchronized int moved(Watermark mark) {
        indexed = mark;
        int before = lines.size();
        while (!lines.isEmpty() && lines.getFirst().sequence() <= mark.sequence()) {
            lines.removeFirst();
        }
        LedgerLine first = lines.peekFirst();
        if (first != null && first.sequence() != mark.sequence() + 1) {
            fromFiles = true;
        }
        if (fromFiles && mark.sequence() >= offered) {
            fromFiles = false;
        }
        return before - lines.size();
    }

    /** Nothing readable lies behind the watermark; ends reading from files unless the journal has grown meanwhile. */
    synchronized void filesEnded(long offeredBefore) {
        if (offered == offeredBefore) {
            Watermark mark = indexed;
            offered = mark == null ? 0 : mark.sequence();
            fromFiles = false;
        }
    }

    /** Number of the last line that is known to be durable. */
    synchronized long offered() {
        return offered;
    }

    synchronized boolean hasWork() {
        return fromFiles || !lines.isEmpty();
    }

    /** Completes when everything that is durable now has been indexed. */
    Uni<Void> whenCaughtUp() {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<@Nullable Void> waiter = new CompletableFuture<>();
            synchronized (this) {
                waiters.add(waiter);
            }
            settle();
            return waiter;
        });
    }

    /** Those who wait need not wait longer: it may take as long as somebody's database is away. */
    void giveUp(Throwable failure) {
        List<CompletableFuture<@Nullable Void>> waiting;
        synchronized (this) {
            waiting = List.copyOf(waiters);
            waiters.clear();
        }
        waiting.forEach(waiter -> waiter.completeExceptionally(failure));
    }

    /** Wakes those who wait, if everything is indexed. */
    void settle() {
        List<CompletableFuture<@Nullable Void>> done;
        synchronized (this) {
            if (hasWork()) {
                return;
            }
            done = List.copyOf(waiters);
            waiters.clear();
        }
        done.forEach(waiter -> waiter.complete(null));
    }
}
