package io.zeroui.shared.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where the shared plane's files are, and how they are followed. */
@ConfigMapping(prefix = "zeroui.shared")
public interface JournalConfig {

    /** The organisation whose registries these are, in paths below {@code ZU_ROOT} (variable {@code ZEROUI_ORGANISATION}). */
    @WithDefault("zeroui")
    String organisation();

    /** Longest time for one transaction of the index. */
    @WithDefault("PT2M")
    Duration indexTimeout();

    /** Most writers that wait for an area; more are refused. */
    @WithDefault("256")
    int waiting();
}
