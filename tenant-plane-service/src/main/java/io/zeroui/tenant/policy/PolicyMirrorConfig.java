package io.zeroui.tenant.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the tenants' policies are followed. */
@ConfigMapping(prefix = "zeroui.policy.mirror")
interface PolicyMirrorConfig {

    /** How often it is asked what is new. */
    @WithDefault("PT30S")
    Duration ask();

    /** How soon it is asked for everything when something did not fit, or more must come. */
    @WithDefault("PT1S")
    Duration again();

    /** The tenant of edges that nobody enrolled. */
    @WithDefault("local")
    String unenrolledTenant();

    /**
     * Edges that have not been heard of for so long are not told of a release: they ask when they are back, and their streams do not grow
     * meanwhile.
     */
    @WithDefault("PT5M")
    Duration listening();

    /** Edges that are told in one round trip to Redis, fewer where what they are told is long. */
    @WithDefault("64")
    int toldTogether();

    /**
     * Most bytes that are put on the edges' streams in one {@link #toldWindow()}: Redis keeps them until the edges have read them. Who asks for more
     * waits; one tenant's edges get at most half of it.
     */
    @WithDefault("134217728")
    long toldBytes();

    /** How long edges are given to read what they are told, and to have it removed. */
    @WithDefault("PT10S")
    Duration toldWindow();

    /** Most events that an edge may have left unread on its stream, or not removed yet, to be told more. */
    @WithDefault("64")
    int unreadMost();
}
