package io.zeroui.product.vectors.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How searches are watched. */
@ConfigMapping(prefix = "zeroui.vectors.watch")
public interface WatchConfig {

    /** Part of the searches by index that are done again exactly, to compare (variable {@code ZEROUI_VECTORS_SAMPLED}). */
    @WithDefault("0.005")
    double sampled();

    /** How often waiting samples are compared, and partitions looked at. */
    @WithDefault("PT10S")
    Duration every();
}
