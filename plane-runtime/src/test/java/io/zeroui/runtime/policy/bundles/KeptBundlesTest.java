package io.zeroui.runtime.policy.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.identity.TenantId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What is kept, and whose bundles make room. */
class KeptBundlesTest {

    private final KeptBundles kept = new KeptBundles(100, 60);

    @Test
    void aTenantThatAsksForManyPutsOutItsOwnAndNotTheOthers() {
        keep("beta", 1, 40);
        for (int number = 1; number <= 50; number++) {
            keep("acme", number, 30);
        }
        assertThat(isKept("beta", 1)).isTrue();
        assertThat(isKept("acme", 48)).isFalse();
        assertThat(isKept("acme", 49)).isTrue();
        assertThat(isKept("acme", 50)).isTrue();
    }

    @Test
    void whatNobodyAskedForLongestMakesRoom() {
        keep("beta", 1, 40);
        keep("gamma", 1, 40);
        assertThat(isKept("beta", 1)).isTrue(); // asked for again
        keep("acme", 1, 40);
        assertThat(isKept("gamma", 1)).isFalse();
        assertThat(isKept("beta", 1)).isTrue();
        assertThat(isKept("acme", 1)).isTrue();
        keep("acme", 2, 61);
        assertThat(isKept("acme", 2)).as("larger than what a tenant may keep").isFalse();
        assertThat(isKept("acme", 1)).isTrue();
    }

    @Test
    void whoComesWhileABundleIsMadeGetsTheOneThatIsMade() {
        CompletableFuture<PolicyBundle> first = new CompletableFuture<>();
        assertThat(kept.find(plan("acme", 1), first)).isNull();
        assertThat(kept.find(plan("acme", 1), new CompletableFuture<>())).isSameAs(first);
        assertThat(kept.find(plan("acme", 2), new CompletableFuture<>())).as("another plan").isNull();
        kept.failed(plan("acme", 1), new IOException("the disk is away"));
        assertThat(kept.find(plan("acme", 1), new CompletableFuture<>())).as("to be tried again").isNull();
    }

    @Test
    void thatABundleIsTooLargeIsRememberedOfSoManyPlans() {
        for (int number = 1; number <= 65; number++) {
            kept.failed(plan("acme", number), new BundleTooLarge(7));
        }
        CompletableFuture<PolicyBundle> known = kept.find(plan("acme", 2), new CompletableFuture<>());
        assertThat(known).isNotNull();
        assertThatThrownBy(known::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(BundleTooLarge.class);
        assertThat(kept.find(plan("acme", 1), new CompletableFuture<>())).as("the eldest").isNull();
    }

    private void keep(String tenant, int number, int length) {
        kept.made(plan(tenant, number), PolicyBundle.of("r-" + number, new byte[length]));
    }

    private boolean isKept(String tenant, int number) {
        CompletableFuture<PolicyBundle> found = kept.find(plan(tenant, number), new CompletableFuture<>());
        if (found == null) {
            kept.failed(plan(tenant, number), new IOException("only asked"));
            return false;
        }
        return found.isDone();
    }

    private static BundlePlan plan(String tenant, int release) {
        return new BundlePlan(TenantId.of(tenant), BundlePlan.ALL, release, true, List.of());
    }
}
