package io.zeroui.runtime.streams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and pauses of the stream channels; one set for all channels of a service. */
@ConfigMapping(prefix = "zeroui.streams")
public interface StreamsConfig {

    /** Most entries that are handed to a consumer at once. */
    @WithDefault("512")
    int batchEntries();

    /** How long one read waits for new entries. */
    @WithDefault("PT2S")
    Duration block();

    /** How long an entry must have been with a consumer that does not answer before another one claims it. */
    @WithDefault("PT60S")
    Duration claimIdle();

    /** Pause between two looks at lag, trimming and abandoned entries. */
    @WithDefault("PT5S")
    Duration maintenance();

    /** Failures of one batch, for a reason that time does not mend, before its entries are tried one by one. */
    @WithDefault("3")
    int attempts();

    /** First pause after a failure; doubles up to {@link #backoffMost()}. */
    @WithDefault("PT0.2S")
    Duration backoffFirst();

    /** Longest pause after a failure. */
    @WithDefault("PT5S")
    Duration backoffMost();

    /** How long a stopping service waits for the batch that is being handled. */
    @WithDefault("PT10S")
    Duration drain();

    /** How long a channel may be without Redis before readiness says so. */
    @WithDefault("PT10S")
    Duration disconnectedMost();

    /** Whether this service is ready without Redis; the IDE plane is, it buffers. */
    @WithDefault("false")
    boolean readyWithoutRedis();

    /** Longest wait for one answer of Redis, beyond the time that a read blocks. */
    @WithDefault("PT5S")
    Duration timeout();
}
