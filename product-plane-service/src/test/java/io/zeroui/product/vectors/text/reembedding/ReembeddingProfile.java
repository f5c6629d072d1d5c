package io.zeroui.product.vectors.text.reembedding;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Small steps that follow each other at once. */
public final class ReembeddingProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.limits.query.rate", "0", "zeroui.limits.ingest.rate", "0", "zeroui.vectors.reembedding.every", "PT0.2S",
                "zeroui.vectors.reembedding.step-points", "5", "zeroui.vectors.reembedding.lease", "PT5S", "zeroui.vectors.reembedding.turn", "PT0S");
    }
}
