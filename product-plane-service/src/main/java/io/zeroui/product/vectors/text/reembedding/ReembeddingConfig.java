package io.zeroui.product.vectors.text.reembedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How re-embeddings go on. */
@ConfigMapping(prefix = "zeroui.vectors.reembedding")
public interface ReembeddingConfig {

    /** Pause between two looks for work. */
    @WithDefault("PT2S")
    Duration every();

    /** Points of one step; where it was stopped, a step is done again. */
    @WithDefault("64")
    int stepPoints();

    /** How long a job goes on, step after step, before others have their turn. */
    @WithDefault("PT20S")
    Duration turn();

    /** How long a step may take before somebody else takes the job over. */
    @WithDefault("PT2M")
    Duration lease();

    /** Failures in a row after which a job has failed; between them the pause of {@link #lease()}'s tenth part doubles. */
    @WithDefault("8")
    int failuresMost();

    /** Most passes; a collection that is written to in all of them is not switched, and the job has failed. */
    @WithDefault("20")
    int passesMost();
}
