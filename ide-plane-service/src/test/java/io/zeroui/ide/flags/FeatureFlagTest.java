package io.zeroui.ide.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.ide.flags.FeatureFlag.NoTargetingKey;
import io.zeroui.ide.flags.FeatureFlag.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a flag is for whom. */
class FeatureFlagTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VARIANTS = "\"variants\":{\"on\":true,\"off\":false,\"many\":{\"n\":3}},\"default_variant\":\"off\"";

    @Test
    void theFirstRuleThatAppliesDecides() throws Exception {
        FeatureFlag flag = flag(",\"rules\":[{\"variant\":\"many\",\"targeting_keys\":[\"build-7\"]},"
                + "{\"variant\":\"on\",\"context\":{\"team\":[\"payments\",\"risk\"],\"beta\":[true]}},{\"variant\":\"many\",\"basis_points\":0}]");
        assertOutcome(flag.evaluate("f", context("{\"targetingKey\":\"build-7\",\"team\":\"risk\",\"beta\":true}")), "many", "TARGETING_MATCH");
        assertOutcome(flag.evaluate("f", context("{\"targetingKey\":\"build-8\",\"team\":\"risk\",\"beta\":true}")), "on", "TARGETING_MATCH");
        assertOutcome(flag.evaluate("f", context("{\"team\":\"payments\",\"beta\":true}")), "on", "TARGETING_MATCH");
        for (String other : new String[]{"{}", "{\"team\":\"risk\"}", "{\"team\":\"risk\",\"beta\":\"true\"}", "{\"team\":\"sales\",\"beta\":true}"}) {
            assertOutcome(flag.evaluate("f", context(other)), "off", "DEFAULT");
        }
        assertOutcome(flag("").evaluate("f", context("{}")), "off", "STATIC");
    }

    @Test
    void numbersAreComparedByWhatTheyAre() throws Exception {
        FeatureFlag flag = flag(",\"rules\":[{\"variant\":\"on\",\"context\":{\"n\":[3,0.5]}}]");
        for (String same : new String[]{"3", "3.0", "0.50", "5e-1"}) {
            assertOutcome(flag.evaluate("f", context("{\"n\":" + same + "}")), "on", "TARGETING_MATCH");
        }
        for (String other : new String[]{"4", "\"3\"", "true", "[3]", "null"}) {
            assertOutcome(flag.evaluate("f", context("{\"n\":" + other + "}")), "off", "DEFAULT");
        }
    }

    @Test
    void whoIsInASmallShareIsInALargerOneAndSharesAreWhatTheySay() {
        FeatureFlag tenth = flag(",\"rules\":[{\"variant\":\"on\",\"basis_points\":1000}]");
        FeatureFlag fifth = flag(",\"rules\":[{\"variant\":\"on\",\"basis_points\":2000}]");
        List<Integer> inTenth = IntStream.range(0, 10_000).filter(i -> isOn(tenth, "f", i)).boxed().toList();
        assertThat(inTenth.size()).isCloseTo(1_000, within(150));
        assertThat(inTenth).allMatch(i -> isOn(fifth, "f", i));
        assertThat(inTenth).allMatch(i -> Rollout.bucket("f", "user-" + i) < 1_000);
        assertThat(inTenth.stream().filter(i -> isOn(tenth, "g", i)).count()).as("another flag has other users").isLessThan(300);
    }

    @Test
    void aShareWantsATargetingKeyAndNothingElseDoes() {
        FeatureFlag flag = flag(",\"rules\":[{\"variant\":\"on\",\"context\":{\"team\":[\"risk\"]},\"basis_points\":5000}]");
        assertThatThrownBy(() -> flag.evaluate("f", context("{\"team\":\"risk\"}"))).isInstanceOf(NoTargetingKey.class);
        assertThatThrownBy(() -> flag.evaluate("f", context("{\"team\":\"risk\",\"targetingKey\":\"\"}"))).isInstanceOf(NoTargetingKey.class);
        assertThat(flag.byDefault("DISABLED").variant()).isEqualTo("off");
    }

    @Test
    void aContentThatIsNoFlagIsSaidToBeNone() {
        for (String content : new String[]{"{}", "{\"variants\":{\"on\":true}}", "{\"variants\":{\"on\":true},\"default_variant\":\"off\"}",
                "{" + VARIANTS + ",\"rules\":[{}]}", "{" + VARIANTS + ",\"rules\":[{\"variant\":\"x\"}]}",
                "{" + VARIANTS + ",\"rules\":[{\"variant\":\"on\",\"basis_points\":10001}]}",
                "{" + VARIANTS + ",\"rules\":[{\"variant\":\"on\",\"basis_points\":\"all\"}]}"}) {
            assertThatThrownBy(() -> FeatureFlag.read(context(content))).as(content).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static boolean isOn(FeatureFlag flag, String key, int user) {
        try {
            Outcome outcome = flag.evaluate(key, context("{\"targetingKey\":\"user-" + user + "\"}"));
            assertThat(outcome.reason()).isEqualTo(outcome.variant().equals("on") ? "SPLIT" : "DEFAULT");
            return outcome.variant().equals("on");
        } catch (NoTargetingKey e) {
            throw new AssertionError(e);
        }
    }

    private static void assertOutcome(Outcome outcome, String variant, String reason) {
        assertThat(outcome.variant()).isEqualTo(variant);
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.value()).hasToString(context("{" + VARIANTS + "}").path("variants").path(variant).toString());
    }

    /** Read as snapshots are. */
    private static FeatureFlag flag(String rules) {
        try {
            return FeatureFlag.read(StrictJson.parseObject(("{" + VARIANTS + rules + "}").getBytes(StandardCharsets.UTF_8), PolicySnapshotCodec.LIMITS));
        } catch (InvalidJson e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode context(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
