package io.zeroui.tenant.context;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Short pauses, and any number of requests. */
public final class ContextProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.context.pause", "PT0.2S", "zeroui.context.patience", "PT1S", "zeroui.context.retry-most", "PT2S",
                "zeroui.context.unread-most", "1000000", "zeroui.limits.query.rate", "0", "zeroui.limits.ingest.rate", "0");
    }
}
