package io.zeroui.product.vectors.text;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Any number of requests, and short pauses. */
public final class TextProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.limits.query.rate", "0", "zeroui.limits.ingest.rate", "0", "zeroui.vectors.context.announce", "PT1S");
    }
}
