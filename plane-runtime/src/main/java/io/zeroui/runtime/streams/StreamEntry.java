package io.zeroui.runtime.streams;

import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a stream.
 *
 * @param scope which of the channel's streams it is of; null where the channel has one for everybody
 * @param id the stream's id of the entry, {@code {ms}-{n}}; another stream of the channel may have the same
 * @param event what the entry says
 */
public record StreamEntry(@Nullable StreamScope scope, String id, EventEnvelope event) {

    /**
     * Which of the channel's streams it is of.
     *
     * @throws NullPointerException for a channel that has one stream for everybody
     */
    public StreamScope requireScope() {
        return Objects.requireNonNull(scope, "the channel has one stream for everybody");
    }
}
