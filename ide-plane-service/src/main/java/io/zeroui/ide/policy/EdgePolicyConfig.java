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
}
