package io.zeroui.product.vectors.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How collections are searched. */
@ConfigMapping(prefix = "zeroui.vectors.search")
public interface SearchConfig {

    /** Candidates that an index keeps where a search does not say (variable {@code ZEROUI_VECTORS_EF}). */
    @WithDefault("100")
    int ef();

    /** Candidates of the index per point that is wanted, compared by all bits of their vectors. */
    @WithDefault("4")
    int oversampling();

    /** The same where the index has only signs; at least 10. */
    @WithDefault("20")
    int binaryOversampling();

    /** Entries of an index that are looked at before all points are compared. */
    @WithDefault("20000")
    int scanMost();

    /** Points that an index on payloads may name to be all compared, instead of searching by the index on vectors. */
    @WithDefault("2000")
    int leadMost();

    /** Longest time of a statement. */
    @WithDefault("PT20S")
    Duration timeout();
}
