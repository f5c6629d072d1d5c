package io.zeroui.tenant.evidence;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Any number of receipts, reads and checks a second. */
public final class WithoutIngestLimit implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.limits.ingest.rate", "0", "zeroui.limits.query.rate", "0", "zeroui.limits.verify.rate", "0");
    }
}
