package io.zeroui.runtime.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often a plane reports. */
@ConfigMapping(prefix = "zeroui.telemetry")
public interface TelemetryConfig {

    /** Pause between two reports. */
    @WithDefault("PT5S")
    Duration every();

    /** Longest time to collect one report. */
    @WithDefault("PT3S")
    Duration collect();
}
