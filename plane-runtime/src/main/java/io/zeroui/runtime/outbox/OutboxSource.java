package io.zeroui.runtime.outbox;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.SequenceRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one outbox, as a capability's store offers them. */
public interface OutboxSource {

    /** Where the rows go. */
    Channel channel();

    /** Into which of the channel's streams; null where it has one for everybody. Always the same. */
    default @Nullable StreamScope scope() {
        return null;
    }

    /**
     * Identity of the sequence numbers. It changes when the outbox is made anew, so that an acknowledgement of an
     * earlier outbox cannot drop rows of this one.
     */
    Uni<String> epoch();

    /** At most {@code limit} rows with a greater sequence, in order of sequence. */
    Uni<List<OutboxItem>> listAfter(long sequence, int limit);

    /** Removes what the receiver has made durable; returns the number of rows that were there. */
    Uni<Integer> drop(List<SequenceRange> ranges);

    /** Rows that wait for their acknowledgement. */
    Uni<Long> count();
}
