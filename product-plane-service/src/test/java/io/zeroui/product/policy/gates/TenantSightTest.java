package io.zeroui.product.policy.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tenant that cannot be read waits, and no other does. */
class TenantSightTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId BETA = TenantId.of("beta");
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TenantSight sight = new TenantSight();

    @Test
    void oneThatCannotBeReadHoldsUpNoOther() {
        for (int second = 0; second <= 120; second += 5) {
            look(START.plusSeconds(second));
            sight.unread(ACME);
            sight.read(BETA, START.plusSeconds(second));
            assertThat(isSettled(BETA, second)).as("second %d", second).isEqualTo(second >= 60);
            assertThat(isSettled(ACME, second)).isFalse();
            assertThat(sight.blind(9)).containsExactly("acme");
        }
        look(START.plusSeconds(125));
        assertThat(isSettled(ACME, 125)).as("not read yet").isFalse();
        sight.read(ACME, START.plusSeconds(125));
        look(START.plusSeconds(150));
        sight.read(ACME, START.plusSeconds(150));
        assertThat(sight.blind(9)).isEmpty();
        assertThat(isSettled(ACME, 184)).isFalse();
        assertThat(isSettled(ACME, 185)).isTrue();
    }

    @Test
    void whileNobodyKnowsWhichTenantsThereAreAllWait() {
        assertThat(isSettled(ACME, 600)).as("before the first look").isFalse();
        look(START);
        sight.unread(BETA);
        sight.unlisted();
        assertThat(isSettled(ACME, 600)).isFalse();
        assertThat(sight.blind(9)).isEmpty();
        look(START.plusSeconds(600));
        assertThat(isSettled(ACME, 659)).isFalse();
        assertThat(isSettled(ACME, 660)).isTrue();
    }

    @Test
    void aTenantThatIsGoneIsForgottenAndTheListIsBounded() {
        look(START);
        sight.unread(ACME);
        sight.unread(BETA);
        assertThat(sight.blind(1)).containsExactly("acme");
        sight.listed(List.of(BETA), START.plusSeconds(5));
        assertThat(sight.blind(9)).containsExactly("beta");
    }

    private void look(Instant at) {
        sight.listed(List.of(ACME, BETA), at);
    }

    private boolean isSettled(TenantId tenant, int second) {
        return sight.isSettled(tenant, START.plusSeconds(second), SETTLE);
    }
}
