package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A tenant's ledger after its recovery: what the next line gets. Changed only by the one who appends, one batch after the
 * other.
 */
public final class OpenLedger {

    private final TenantId tenant;
    private volatile long lastSequence;
    private volatile LocalDate lastDay;
    private volatile Instant lastTime;
    private volatile boolean broken;
    private volatile Instant keptFrom = Instant.MIN;
    private volatile long droppedTo;

    OpenLedger(TenantId tenant, long lastSequence, LocalDate lastDay, Instant lastTime) {
        this.tenant = tenant;
        this.lastSequence = lastSequence;
        this.lastDay = lastDay;
        this.lastTime = lastTime;
    }

    /** Whose ledger. */
    public TenantId tenant() {
        return tenant;
    }

    /** Number of the last line; 0 in an empty ledger. */
    public long lastSequence() {
        return lastSequence;
    }

    /** True after a failed append: files and memory may differ, and the ledger must be recovered. */
    public boolean isBroken() {
        return broken;
    }

    /** Receipts of before this time are not taken any more: the days on which they should have come are dropped. */
    public Instant keptFrom() {
        return keptFrom;
    }

    /** Lines up to this sequence are dropped, and may still be in the index for a while; 0 where none are. */
    public long droppedTo() {
        return droppedTo;
    }

    /** The lines up to that sequence are dropped, of the days before that one. */
    public void drop(long sequence, LocalDate firstDay) {
        droppedTo = sequence;
        keptFrom = firstDay.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The day for new lines: today, but never before the last one, whatever the clock does. */
    LocalDate dayFor(LocalDate today) {
        return today.isBefore(lastDay) ? lastDay : today;
    }

    /** The time for new lines: now, but never before that of the last one. */
    Instant timeFor(Instant now) {
        return now.isBefore(lastTime) ? lastTime : now;
    }

    void advance(JournalRecord entry) {
        lastSequence = entry.sequence();
        lastDay = entry.day();
        lastTime = entry.receivedAt();
    }

    /** Files and memory may differ from now on: the ledger is recovered before it is used again. */
    public void markBroken() {
        broken = true;
    }
}
