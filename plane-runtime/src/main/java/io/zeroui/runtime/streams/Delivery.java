package io.zeroui.runtime.streams;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A batch on its way through the consumer, with the failures it had.
 *
 * @param batch what the consumer gets
 * @param attempts failures so far that time does not mend
 */
record Delivery(StreamBatch batch, int attempts) {

    static Delivery first(List<StreamEntry> entries) {
        return new Delivery(new StreamBatch(entries), 0);
    }

    /** The same entries again, without what an earlier attempt set aside. */
    Delivery again(boolean counts) {
        return new Delivery(new StreamBatch(batch.entries()), counts ? attempts + 1 : attempts);
    }

    /** One delivery per entry, so that the one at fault is found. */
    Deque<Delivery> oneByOne() {
        Deque<Delivery> single = new ArrayDeque<>();
        batch.entries().forEach(entry -> single.add(first(List.of(entry))));
        return single;
    }

    boolean isSingle() {
        return batch.entries().size() == 1;
    }
}
