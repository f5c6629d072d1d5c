package io.zeroui.product.policy.gates;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Gates of released policies. */
@ConfigMapping(prefix = "zeroui.policy.gates")
public interface GatesConfig {

    /** How often the gates are looked at (variable {@code ZEROUI_POLICY_GATES_EVERY}). */
    @WithDefault("PT5S")
    Duration every();

    /**
     * For how long the counts must have been readable without a break before anything is promoted (variable {@code
     * ZEROUI_POLICY_GATES_SETTLE}): receipts that waited meanwhile are counted first.
     */
    @WithDefault("PT1M")
    Duration settle();

    /** For how long counts are kept; a gate does not see further back. */
    @WithDefault("P35D")
    Duration keep();

    /** Longest wait for one answer of the database. */
    @WithDefault("PT10S")
    Duration timeout();
}
