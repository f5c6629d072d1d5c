package io.zeroui.tenant.evidence;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Any number of reads a second. */
public final class WithoutLimits implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.limits.query.rate", "0");
    }
}
