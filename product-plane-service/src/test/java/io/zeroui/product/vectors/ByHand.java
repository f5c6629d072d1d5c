package io.zeroui.product.vectors;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Partitions from 300 points on; the keepers run when the test says so. */
public final class ByHand implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.vectors.placement.threshold", "300", "zeroui.vectors.placement.every", "PT1H", "zeroui.vectors.placement.remove-every",
                "PT1H", "zeroui.vectors.watch.every", "PT1H", "zeroui.vectors.watch.sampled", "0.2");
    }
}
