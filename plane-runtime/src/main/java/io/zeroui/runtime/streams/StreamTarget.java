package io.zeroui.runtime.streams;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.KeyScope;
import io.zeroui.contracts.channels.StreamScope;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one reader reads.
 *
 * @param channel the channel
 * @param group the consumer group, the consuming plane's name
 * @param consumer the name of this instance in the group; the same after a restart
 * @param scopes which of the channel's streams, now; nothing for a channel with one stream
 */
record StreamTarget(Channel channel, String group, String consumer, Supplier<Set<StreamScope>> scopes) {

    /**
     * One stream.
     *
     * @param key its key
     * @param scope which of the channel's streams it is; null where the channel has one
     */
    record StreamKey(String key, @Nullable StreamScope scope) {
    }

    static StreamTarget of(Channel channel, Plane reader, String consumer, Supplier<Set<StreamScope>> scopes) {
        return new StreamTarget(channel, channel.group(reader), consumer, scopes);
    }

    /** The streams of these scopes; the only one where the channel has one. */
    List<StreamKey> streams(Set<StreamScope> of) {
        return channel.scope() == KeyScope.GLOBAL ? List.of(new StreamKey(channel.key(null), null))
                : of.stream().map(scope -> new StreamKey(channel.key(scope), scope)).toList();
    }

    /** The streams to be read now. */
    List<StreamKey> streams() {
        return streams(scopes.get());
    }
}
