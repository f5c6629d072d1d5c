package io.zeroui.runtime.policy.opa;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is kept of what OPAs say. */
@ConfigMapping(prefix = "zeroui.policy.opa")
public interface OpaConfig {

    /** Instances of all tenants; the one that was not heard of for longest is forgotten for another. */
    @WithDefault("10000")
    int instances();

    /** The same of one tenant. */
    @WithDefault("1000")
    int instancesOfTenant();

    /** Longest report, in bytes; with the metrics that are dropped. */
    @WithDefault("1048576")
    int maxBytes();
}
