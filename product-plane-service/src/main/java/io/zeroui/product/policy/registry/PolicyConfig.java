package io.zeroui.product.policy.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Policies. */
@ConfigMapping(prefix = "zeroui.policy")
public interface PolicyConfig {

    /**
     * Seed of the Ed25519 key that signs snapshots (variable {@code ZEROUI_POLICY_SNAPSHOT_KEY}), 64 hex digits; without it nothing
     * can be drafted. A secret.
     */
    Optional<String> snapshotKey();

    /** How long an act waits for its publication before it is answered without; it goes on by itself. */
    @WithDefault("PT5S")
    Duration publicationWait();

    /** How long one attempt to publish may take. */
    @WithDefault("PT30S")
    Duration publicationTimeout();

    /** After how long a publication that failed is tried again; each time twice as long, at most a minute. */
    @WithDefault("PT0.5S")
    Duration publicationRetry();

    /** Longest wait for one answer of the database. */
    @WithDefault("PT10S")
    Duration indexTimeout();
}
