package io.zeroui.contracts.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;

/**
 * The receiver has what was sent, durably: the sender may drop these rows from its outbox.
 *
 * @param sender whose outbox it is, for example an edge id
 * @param epoch the outbox's epoch; rows of another epoch are not meant
 * @param ranges the sequence numbers
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.PLANE_STATE)
@EventType(EventEnvelope.DELIVERY_ACKNOWLEDGED)
public record DeliveryAck(String sender, String epoch, List<SequenceRange> ranges) {

    public DeliveryAck {
        ranges = List.copyOf(ranges);
    }

    /** The acknowledgement of these numbers, in any order, as few ranges as possible. */
    public static DeliveryAck of(String sender, String epoch, Collection<Long> sequences) {
        List<SequenceRange> ranges = new ArrayList<>();
        long from = -1;
        long to = -1;
        for (long sequence : new TreeSet<>(sequences)) {
            if (from >= 0 && sequence == to + 1) {
                to = sequence;
                continue;
            }
            if (from >= 0) {
                ranges.add(new SequenceRange(from, to));
            }
            from = sequence;
            to = sequence;
        }
        if (from >= 0) {
            ranges.add(new SequenceRange(from, to));
        }
        return new DeliveryAck(sender, epoch, ranges);
    }
}
