package io.zeroui.runtime.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and pauses of the relays. */
@ConfigMapping(prefix = "zeroui.outbox")
public interface OutboxConfig {

    /** Most rows that are read and sent at once. */
    @WithDefault("512")
    int batchRows();

    /** Most rows that are sent and not acknowledged; bounds what a receiver that is down leaves on the bus. */
    @WithDefault("16384")
    int windowRows();

    /** Pause between two looks at the outbox when nobody says that there is something. */
    @WithDefault("PT0.5S")
    Duration poll();

    /** First wait without any acknowledgement before rows are sent again; doubles up to {@link #resendMost()}. */
    @WithDefault("PT10S")
    Duration resendFirst();

    /** Longest wait before rows are sent again. */
    @WithDefault("PT5M")
    Duration resendMost();

    /** Pause between two checks whether the stream still has what was sent. */
    @WithDefault("PT1S")
    Duration lossCheck();
}
