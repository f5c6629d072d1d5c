package io.zeroui.product.vectors.text.embedding;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.List;
import java.util.Map;

/** What every provider owes. */
final class Vectors {

    private static final int BAD_GATEWAY = 502;

    private Vectors() {
    }

    /** A provider is never asked for more than it does at once: that is the caller's error. */
    static void requireTexts(EmbeddingProvider provider, List<String> texts) {
        if (texts.isEmpty() || texts.size() > provider.textsMost()) {
            throw new IllegalArgumentException(provider.name() + " is asked for 1 to " + provider.textsMost() + " texts, not " + texts.size());
        }
    }

    /**
     * The vectors, if they are as they should be.
     *
     * @throws ProblemException 502 when there are more or fewer, one has another dimension, or a component is not finite
     */
    static List<float[]> checked(EmbeddingProvider provider, int texts, List<float[]> vectors) {
        if (vectors.size() != texts) {
            throw wrong(provider, "gave " + vectors.size() + " vectors for " + texts + " texts");
        }
        for (float[] vector : vectors) {
            if (vector.length != provider.dimension()) {
                throw wrong(provider, "gave a vector of " + vector.length + " components, not " + provider.dimension());
            }
            for (float component : vector) {
                if (!Float.isFinite(component)) {
                    throw wrong(provider, "gave a vector with a component that is not finite");
                }
            }
        }
        return vectors;
    }

    /** A refusal of what a provider gave. */
    static ProblemException wrong(EmbeddingProvider provider, String what) {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, BAD_GATEWAY, "The embedding provider " + provider.name() + " " + what,
                Map.of("provider", provider.name()));
    }
}
