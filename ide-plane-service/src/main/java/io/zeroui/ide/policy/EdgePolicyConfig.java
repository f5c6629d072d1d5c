package io.zeroui.ide.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this edge follows its tenant's policies. */
@ConfigMapping(prefix = "zeroui.policy.edge")
interface EdgePolicyConfig {

    /** How often it says what it has, and asks for what is new. */
    @WithDefault("PT30S")
    Duration ask();

    /** How soon it asks for everything when something did not fit, or more must come. */
    @WithDefault("PT1S")
    Duration again();

    /** The tenant of an edge that nobody enrolled. */
    @WithDefault("local")
    String unenrolledTenant();

    /** How changes are told to programs on this machine that listen. */
    Stream stream();

    /** How changes are told to programs on this machine that listen. */
    interface Stream {

        /** Listeners at once; more are answered 503. */
        @WithDefault("64")
        int listeners();

        /** How often something is sent though nothing happened, so that a dead connection is noticed. */
        @WithDefault("PT15S")
        Duration heartbeat();

        /** How often it is looked whether a kill is over or the release stale, while somebody listens. */
        @WithDefault("PT1S")
        Duration look();

        /** Events that wait for a listener who reads slowly; with more of them his connection is closed. */
        @WithDefault("16")
        int buffered();
    }
}
