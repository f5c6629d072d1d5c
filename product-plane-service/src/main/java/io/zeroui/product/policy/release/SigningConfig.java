package io.zeroui.product.policy.release;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How releases are signed. */
@ConfigMapping(prefix = "zeroui.policy.signing")
public interface SigningConfig {

    /** The file with the private keys (variable {@code ZEROUI_POLICY_KEYS}), see {@link KeyFile}; without it nothing is released. */
    Optional<Path> keys();

    /** How long a root is believed. */
    @WithDefault("P3650D")
    Duration rootLifetime();

    /** How long targets and snapshots are believed; they are signed again when a quarter is left. */
    @WithDefault("P365D")
    Duration releaseLifetime();

    /** How long a timestamp is believed: the longest time for which a newer release can be kept from an edge without its knowing. */
    @WithDefault("P1D")
    Duration timestampLifetime();

    /** How often it is looked whether something must be signed again; timestamps are when half their time is over. */
    @WithDefault("PT1M")
    Duration look();
}
