package io.zeroui.contracts.policy.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.release.FailMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An overlay, whatever it says, never makes a policy more lenient. */
class TenantOverlayTest {

    @Test
    void noRuleMakesAnythingMoreLenient() {
        for (String enforcement : new String[] { null, "warn", "soft_block", "hard_block" }) {
            for (String mode : new String[] { null, "closed" }) {
                if (enforcement == null && mode == null) {
                    continue;
                }
                OverlayRule rule = new OverlayRule("licences", enforcement, mode);
                for (Enforcement signed : Enforcement.values()) {
                    assertThat(rule.strengthen(signed)).isGreaterThanOrEqualTo(signed);
                    if (enforcement != null) {
                        assertThat(rule.strengthen(signed)).isGreaterThanOrEqualTo(Enforcement.ofKey(enforcement));
                    }
                }
                assertThat(rule.strengthen(FailMode.CLOSED)).isEqualTo(FailMode.CLOSED);
                assertThat(rule.strengthen(FailMode.OPEN)).isEqualTo(mode == null ? FailMode.OPEN : FailMode.CLOSED);
            }
        }
        assertThat(new OverlayRule("licences", "warn", null).isStricterThan(Enforcement.SOFT_BLOCK, FailMode.OPEN)).isFalse();
        assertThat(new OverlayRule("licences", "warn", "closed").isStricterThan(Enforcement.SOFT_BLOCK, FailMode.OPEN)).isTrue();
    }

    @Test
    void theSameVersionWithOtherRulesIsAnotherOne() {
        TenantOverlay second = new TenantOverlay("e", 2, List.of());
        assertThat(new TenantOverlay("e", 2, List.of()).id()).isEqualTo(second.id()).startsWith("e:2:");
        assertThat(new TenantOverlay("e", 2, List.of(new OverlayRule("a", "warn", null))).id()).isNotEqualTo(second.id());
        assertThat(new TenantOverlay("e", 3, List.of()).id()).isNotEqualTo(second.id());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"epoch\":\"\",\"version\":1,\"rules\":[]}", "{\"epoch\":\"e\",\"version\":0,\"rules\":[]}",
            "{\"epoch\":\"e\",\"version\":1,\"rules\":[{\"policy_id\":\"a\"}]}",
            "{\"epoch\":\"e\",\"version\":1,\"rules\":[{\"policy_id\":\"../a\",\"enforcement\":\"warn\"}]}",
            "{\"epoch\":\"e\",\"version\":1,\"rules\":[{\"policy_id\":\"a\",\"enforcement\":\"observe\"}]}",
            "{\"epoch\":\"e\",\"version\":1,\"rules\":[{\"policy_id\":\"a\",\"enforcement\":\"never\"}]}",
            "{\"epoch\":\"e\",\"version\":1,\"rules\":[{\"policy_id\":\"a\",\"fail_mode\":\"open\"}]}",
            "{\"epoch\":\"e\",\"version\":1,\"rules\":[{\"policy_id\":\"a\",\"fail_mode\":\"closed\"},{\"policy_id\":\"a\",\"enforcement\":\"warn\"}]}" })
    void whatIsNoOverlayIsRefused(String text) {
        assertThatThrownBy(() -> EventJson.read(text.getBytes(StandardCharsets.UTF_8), TenantOverlay.class)).isInstanceOf(InvalidEvent.class);
    }

    @Test
    void itReadsAsItWasWritten() {
        TenantOverlay overlay = new TenantOverlay("e", 7, List.of(new OverlayRule("a", "warn", null), new OverlayRule("b", null, "closed")));
        assertThat(EventJson.read(EventJson.write(overlay), TenantOverlay.class)).isEqualTo(overlay);
    }
}
