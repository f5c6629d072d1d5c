package io.zeroui.tenant.evidence.merkle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The tenants' Merkle logs. */
@ConfigMapping(prefix = "zeroui.evidence.log")
public interface LogConfig {

    /** Seed of the Ed25519 key that signs checkpoints, 64 hex digits; without it there are no logs. A secret. */
    Optional<String> key();

    /** What the logs' names begin with, a schema-less URL as C2SP tlog-checkpoint recommends; region and tenant follow. */
    @WithDefault("zeroui.local/evidence")
    String origin();

    /** Least time between two checkpoints of a log: what arrives meanwhile gets one signature and one sync. */
    @WithDefault("PT0.1S")
    Duration pause();

    /** Most lines in one batch. */
    @WithDefault("8192")
    int batchLines();

    /** Most lines that wait in memory, over all tenants; beyond it they are read again from the journals. */
    @WithDefault("100000")
    int heldLines();
}
