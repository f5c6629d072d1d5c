package io.zeroui.product.vectors.placement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When collections get partitions of their own. */
@ConfigMapping(prefix = "zeroui.vectors.placement")
public interface PlacementConfig {

    /** How often it is looked whether collections have grown (variable {@code ZEROUI_VECTORS_PLACEMENT_EVERY}). */
    @WithDefault("PT5S")
    Duration every();

    /**
     * A collection of more points gets a partition and an index of its own; of a quarter of them or fewer it loses it (variable {@code
     * ZEROUI_VECTORS_OWN_FROM}).
     */
    @WithDefault("5000")
    long threshold();

    /** Points that are moved in one transaction. */
    @WithDefault("200")
    int batch();

    /** How long one collection is moved before those of other tenants have their turn. */
    @WithDefault("PT10S")
    Duration turn();

    /** Rows that are removed in one transaction. */
    @WithDefault("5000")
    int removed();

    /** How often it is looked whether tenants or collections were deleted. */
    @WithDefault("PT10S")
    Duration removeEvery();
}
