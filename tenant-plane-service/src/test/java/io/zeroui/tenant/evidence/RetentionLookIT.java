package io.zeroui.tenant.evidence;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.testing.PlaneResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody asks: the keeper looks by itself, at the start and then at each look. */
@QuarkusTest
@TestProfile(RetentionLookIT.EachSecond.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class RetentionLookIT extends RetentionTest {

    /** It looks each second. */
    public static final class EachSecond extends OtherTime {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("zeroui.evidence.retention.first-look", "PT1S");
            settings.put("zeroui.evidence.retention.look", "PT1S");
            return settings;
        }
    }

    @Test
    void daysGoWithoutBeingAskedTo() {
        List<String> old = sendAt(-400, "core-api", 2);
        List<String> kept = sendAt(0, "core-api", 1);
        set(100).statusCode(200);
        await().atMost(PATIENCE).until(() -> ledger.storedLines().size() == 1 && ledger.indexed().equals(kept));
        old.forEach(id -> ask().get("/v1/evidence/receipts/" + id).then().statusCode(404));
    }
}
