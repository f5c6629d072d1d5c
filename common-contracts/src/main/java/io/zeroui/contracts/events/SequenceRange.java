package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;

/**
 * Sequence numbers from {@code from} to {@code to}, both included.
 *
 * @param from the first, at least 0
 * @param to the last, at least {@code from}
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.PLANE_STATE)
public record SequenceRange(long from, long to) {

    public SequenceRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("not a sequence range: " + from + " to " + to);
        }
    }

    /** The range of one number. */
    public static SequenceRange of(long sequence) {
        return new SequenceRange(sequence, sequence);
    }

    /** Whether the number lies in the range. */
    public boolean contains(long sequence) {
        return sequence >= from && sequence <= to;
    }
}
