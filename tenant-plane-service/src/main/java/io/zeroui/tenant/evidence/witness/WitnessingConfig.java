package io.zeroui.tenant.evidence.witness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Who cosigns the checkpoints of the tenants' logs, and how often they are asked. */
@ConfigMapping(prefix = "zeroui.evidence.witness")
public interface WitnessingConfig {

    /** Least time between two offers of a log to a witness. */
    @WithDefault("PT1S")
    Duration pause();

    /** How long the bus' witness may take to answer before it is asked again; doubles up to {@link #retryMost()}. */
    @WithDefault("PT10S")
    Duration patience();

    /** First pause after a witness outside failed; doubles up to {@link #retryMost()}. */
    @WithDefault("PT2S")
    Duration retryFirst();

    /** Longest pause between two offers that are not answered. */
    @WithDefault("PT5M")
    Duration retryMost();

    /** Pause after a witness said that something is wrong. */
    @WithDefault("PT30S")
    Duration refusedRetry();

    /** Most offers to one witness in one turn. */
    @WithDefault("256")
    int offersMost();

    /**
     * Witnesses outside (variable {@code ZEROUI_EVIDENCE_WITNESSES}): verifier key, space, the URL before
     * {@code /add-checkpoint}; several are parted by commas or lines.
     */
    Optional<String> outside();

    /** Longest wait for one answer of a witness outside. */
    @WithDefault("PT10S")
    Duration timeout();
}
