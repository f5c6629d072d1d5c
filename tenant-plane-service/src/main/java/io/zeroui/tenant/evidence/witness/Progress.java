package io.zeroui.tenant.evidence.witness;

import io.zeroui.contracts.witness.WitnessRefusal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far one witness has come with one log, and when it is asked next. Guarded by itself. */
final class Progress {

    private static final int DOUBLINGS = 20;

    private long cosigned;
    private long known;
    private int unanswered;
    private Instant next = Instant.EPOCH;
    private WitnessOutcome.@Nullable Refused refusal;

    /**
     * The beginning.
     *
     * @param cosigned lines of the cosigned checkpoint that is kept; 0 for none
     * @param known lines that the witness is taken to know; it says when it does not
     */
    Progress(long cosigned, long known) {
        this.cosigned = cosigned;
        this.known = known;
    }

    /** Whether the log should be offered now. A witness that knows more than there is has been told by a log that was cut. */
    synchronized boolean isDue(long size, Instant now) {
        return size > cosigned && size >= known && !now.isBefore(next);
    }

    /** Where an offer begins. */
    synchronized long known() {
        return known;
    }

    synchronized long cosigned() {
        return cosigned;
    }

    /** Why there is no cosignature, when somebody must look; null while all is well. */
    synchronized WitnessOutcome.@Nullable Refused refusal() {
        return refusal;
    }

    /** An offer was made, which is answered in that time or made again. */
    synchronized void offered(Instant now, Duration patience, Duration most) {
        next = now.plus(backoff(patience, most));
        unanswered++;
    }

    /** A cosignature for that size is on the disk. */
    synchronized void cosigned(long size, Instant nextAt) {
        if (size > cosigned) {
            cosigned = size;
            answered(nextAt);
            refusal = null;
        }
        known = Math.max(known, size);
    }

    /**
     * The witness knows another size than the offer began at. Returns whether this is news to look at: it has seen more lines
     * than the log has.
     */
    synchronized boolean conflict(long knownSize, long size, Instant nextAt) {
        known = knownSize;
        answered(nextAt);
        if (knownSize <= size) {
            refusal = null;
            return false;
        }
        return refused(new WitnessOutcome.Refused(0, WitnessRefusal.ROLLBACK,
                "the witness has seen " + knownSize + " lines, the log has " + size), nextAt);
    }

    /** There is no cosignature; late word of a checkpoint that has one by now counts nothing. Returns whether this is news. */
    synchronized boolean refused(WitnessOutcome.Refused why, Instant nextAt) {
        if (why.size() > 0 && why.size() <= cosigned) {
            return false;
        }
        answered(nextAt);
        WitnessOutcome.Refused before = refusal;
        refusal = why.refusal().isWrong() ? why : null;
        return refusal != null && (before == null || before.refusal() != why.refusal());
    }

    private void answered(Instant nextAt) {
        unanswered = 0;
        next = nextAt;
    }

    private Duration backoff(Duration first, Duration most) {
        Duration wait = first.multipliedBy(1L << Math.min(unanswered, DOUBLINGS));
        return wait.compareTo(most) > 0 ? most : wait;
    }
}
