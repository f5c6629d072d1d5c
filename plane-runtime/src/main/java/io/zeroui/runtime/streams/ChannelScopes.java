package io.zeroui.runtime.streams;

import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.StreamScope;
import java.util.Set;

/**
 * Which streams there are of a channel that has one per tenant. A plane that reads such a channel has a bean of this kind for
 * it, or it does not start.
 */
public interface ChannelScopes {

    /** The channel whose streams they are. */
    Channel channel();

    /**
     * The streams to be read now. Asked before every read: it must not wait, and should be the same object while nothing
     * changed. A stream that is new is begun at its first entry; one that is missing is not read until it is back.
     */
    Set<StreamScope> scopes();
}
