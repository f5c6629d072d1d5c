package io.zeroui.tenant.context;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many exports of context there may be, and how they are sent. */
@ConfigMapping(prefix = "zeroui.context")
public interface ContextConfig {

    /** Pause between two looks at what is to be sent. */
    @WithDefault("PT1S")
    Duration pause();

    /** How long a sent change may stay unanswered before it is sent again; doubles up to {@link #retryMost()}. */
    @WithDefault("PT30S")
    Duration patience();

    /** Longest pause between two sendings of one change. */
    @WithDefault("PT10M")
    Duration retryMost();

    /** Most changes that are sent together. */
    @WithDefault("8")
    int together();

    /** While so many events wait to be read, nothing is sent. */
    @WithDefault("64")
    int unreadMost();

    /** Most exports that a tenant may have made, withdrawn ones too. */
    @WithDefault("100000")
    int exportsMost();
}
