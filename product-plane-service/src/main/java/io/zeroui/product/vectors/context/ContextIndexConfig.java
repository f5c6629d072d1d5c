package io.zeroui.product.vectors.context;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where exported context is kept. */
@ConfigMapping(prefix = "zeroui.vectors.context")
public interface ContextIndexConfig {

    /** Collection, or alias of one, that the texts are in; it is made where there is none. */
    @WithDefault("context")
    String collection();

    /** Provider of that collection's vectors, for its making; a collection that is there keeps what it has. */
    @WithDefault("minilm")
    String provider();

    /** How often tenants' planes are told which database this is. */
    @WithDefault("PT15S")
    Duration announce();

    /** Most bytes of one event. */
    @WithDefault("2097152")
    int eventBytes();

    /** How long one export may take before it is tried again. */
    @WithDefault("PT5M")
    Duration timeout();
}
