package io.zeroui.tenant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Of what time a report is. */
class TenantPoliciesTest {

    private static final Instant HEARD = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId ACME = TenantId.of("acme");
    private static final EdgeId EDGE = EdgeId.of("edge-1");

    @Test
    void aReportIsOfTheLaterOfBothClocksAndOfADayAheadAtMost() {
        assertThat(said(HEARD.minus(Duration.ofDays(400)))).isEqualTo(new Reported(EDGE, 3, HEARD, HEARD));
        assertThat(said(HEARD)).isEqualTo(new Reported(EDGE, 3, HEARD, HEARD));
        assertThat(said(HEARD.plusSeconds(61))).isEqualTo(new Reported(EDGE, 3, HEARD.plusSeconds(61), HEARD));
        assertThat(said(HEARD.plus(Duration.ofDays(1)))).isEqualTo(new Reported(EDGE, 3, HEARD.plus(Duration.ofDays(1)), HEARD));
        assertThat(said(Instant.parse("9999-12-31T23:59:59Z"))).isEqualTo(new Reported(EDGE, 3, HEARD.plus(Duration.ofDays(1)), HEARD));
    }

    private static Reported said(Instant at) {
        PolicyAsked asked = new PolicyAsked(ACME.value(), EDGE.value(), 1, 3, 3, false, true, null, null, at);
        return TenantPolicies.reported(new Report(ACME, EDGE, asked, HEARD));
    }
}
