package io.zeroui.contracts.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.policy.PolicyVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who has a version: the same edges on every machine and for ever, and never fewer when the share grows. */
class RolloutTest {

    private static final RepoId CORE = RepoId.of("core-api");

    /** Computed by another program: a bucket that changed would move half a fleet from one version to another. */
    @Test
    void bucketsAreThoseOfTheFormula() {
        assertThat(Rollout.bucket("licences", EdgeId.of("edge-local"))).isEqualTo(3440);
        assertThat(Rollout.bucket("licences", EdgeId.of("laptop-7"))).isEqualTo(270);
        assertThat(Rollout.bucket("secrets", EdgeId.of("laptop-7"))).isEqualTo(758);
    }

    @Test
    void aShareReachesThatShareAndAGrowingOneKeepsWhoHasIt() {
        long before = 0;
        for (int share : new int[] { 0, 100, 1_000, 5_000, 9_999, 10_000 }) {
            Rollout rollout = share(share);
            long reached = edges().filter(edge -> rollout.includes("licences", edge(edge), Set.of())).count();
            assertThat(reached).isBetween((long) (share - 300), (long) (share + 300)).isGreaterThanOrEqualTo(before);
            assertThat(edges().filter(edge -> share(share / 2).includes("licences", edge(edge), Set.of())))
                    .allMatch(edge -> rollout.includes("licences", edge(edge), Set.of()));
            before = reached;
        }
        assertThat(before).isEqualTo(10_000);
    }

    @Test
    void namedEdgesAndRepositoriesHaveItInAnyCase() {
        Rollout named = new Rollout(0, Set.of(edge(1)), Set.of(CORE));
        assertThat(named.includes("licences", edge(1), Set.of())).isTrue();
        assertThat(named.includes("licences", edge(2), Set.of())).isFalse();
        assertThat(named.includes("licences", edge(2), Set.of(CORE))).isTrue();
    }

    @Test
    void ofSeveralVersionsForAnEdgeTheOneReleasedLastCounts() {
        PolicyVersion old = new PolicyVersion("licences", "2.0");
        PolicyVersion other = new PolicyVersion("licences", "1.9");
        PolicyVersion foreign = new PolicyVersion("secrets", "1.0");
        Map<PolicyVersion, ReleaseTerms> released = Map.of(old, terms(3, Rollout.everyone()), other, terms(8, new Rollout(0, Set.of(edge(1)), Set.of())),
                foreign, terms(1, share(0)));
        assertThat(ReleaseChoice.of(released, edge(1), Set.of())).containsOnlyKeys(other);
        assertThat(ReleaseChoice.of(released, edge(2), Set.of())).containsOnlyKeys(old);
    }

    @Test
    void termsAreReadAsTheyAreWrittenAndNothingElseIs() {
        ReleaseTerms terms = new ReleaseTerms(7, new Rollout(2_500, Set.of(edge(1)), Set.of(CORE)), FailMode.CLOSED, Instant.parse("2026-11-22T12:00:00Z"));
        assertThat(ReleaseTerms.read(terms.write())).isEqualTo(terms);
        assertThatThrownBy(() -> ReleaseTerms.read(JsonNodeFactory.instance.objectNode())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReleaseTerms.read(terms.write().put("order", "7"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReleaseTerms.read(terms.write().put("fail_mode", "maybe"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReleaseTerms.read(terms.write().put("killed_until", "soon"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static IntStream edges() {
        return IntStream.range(0, 10_000);
    }

    private static EdgeId edge(int number) {
        return EdgeId.of("edge-" + number);
    }

    private static Rollout share(int basisPoints) {
        return new Rollout(basisPoints, Set.of(), Set.of());
    }

    private static ReleaseTerms terms(long order, Rollout rollout) {
        return new ReleaseTerms(order, rollout, FailMode.OPEN, null);
    }
}
