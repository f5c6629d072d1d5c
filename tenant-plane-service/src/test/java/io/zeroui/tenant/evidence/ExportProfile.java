package io.zeroui.tenant.evidence;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Any number of exports a minute, in small pages and with short pauses; a tenant may have 1,500,000 bytes of files. */
public final class ExportProfile implements QuarkusTestProfile {

    static final int MAX_BYTES = 1_500_000;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.limits.export.rate", "0", "zeroui.limits.query.rate", "0", "zeroui.limits.ingest.rate", "0",
                "zeroui.evidence.export.batch-rows", "40", "zeroui.evidence.export.retry", "PT0.1S",
                "zeroui.evidence.export.attempts", "3", "zeroui.evidence.export.free-bytes", "0",
                "zeroui.evidence.export.tenant-bytes", Integer.toString(MAX_BYTES), "zeroui.evidence.export.remembered", "14");
    }
}
