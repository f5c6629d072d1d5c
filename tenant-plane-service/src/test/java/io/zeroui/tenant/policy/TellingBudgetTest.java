package io.zeroui.tenant.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much edges are told in a while, and who waits meanwhile. */
class TellingBudgetTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final TenantId TENANT = TenantId.of("acme");

    @Test
    void inNoWindowMoreIsToldThanTheBudget() {
        Random random = new Random(5);
        TellingBudget budget = new TellingBudget(1_000, Duration.ofSeconds(10));
        String[] tenants = { "a", "b", "c" };
        long[] told = new long[600];
        for (int tenth = 0; tenth < told.length; tenth++) {
            long bytes = 1 + random.nextInt(300);
            told[tenth] = budget.take(tenants[random.nextInt(3)], bytes, START.plusMillis(100L * tenth)) ? bytes : 0;
        }
        long all = 0;
        for (int from = 0; from + 100 <= told.length; from++) {
            long window = 0;
            for (int tenth = from; tenth < from + 100; tenth++) {
                window += told[tenth];
            }
            assertThat(window).as("from %d", from).isLessThanOrEqualTo(1_000);
            all = Math.max(all, window);
        }
        assertThat(all).as("and it is used").isGreaterThan(700);
    }

    @Test
    void whatIsMoreThanTheWholeBudgetIsToldAlone() {
        TellingBudget budget = new TellingBudget(1_000, Duration.ofSeconds(10));
        assertThat(budget.take("acme", 5_000, START)).isTrue();
        assertThat(budget.take("acme", 1, START.plusSeconds(9))).isFalse();
        assertThat(budget.take("acme", 1, START.plusSeconds(10))).isTrue();
        assertThat(budget.take("acme", 5_000, START.plusSeconds(11))).isFalse();
    }

    @Test
    void oneTenantGetsAtMostHalfOfIt() {
        TellingBudget budget = new TellingBudget(1_000, Duration.ofSeconds(10));
        assertThat(budget.take("acme", 450, START)).isTrue();
        assertThat(budget.take("acme", 51, START)).isFalse();
        assertThat(budget.take("other", 300, START)).isTrue();
        assertThat(budget.take("third", 251, START)).isFalse();
        assertThat(budget.take("third", 250, START)).isTrue();
        assertThat(budget.take("acme", 500, START.plusSeconds(10))).isTrue();
    }

    @Test
    void tenantsTakeTurns() {
        PolicyQuestions questions = new PolicyQuestions();
        for (int i = 0; i < 5; i++) {
            questions.add(stream("a" + i), report(TENANT, "a" + i, i));
        }
        questions.add(stream("b0"), report(TenantId.of("other"), "b0", 90));
        assertThat(versions(questions.take(2, Set.of()))).containsExactly(0L, 1L);
        assertThat(versions(questions.take(2, Set.of()))).containsExactly(90L, 2L);
        assertThat(versions(questions.take(2, Set.of(TENANT)))).as("for whom there is no room").isEmpty();
        assertThat(questions.isEmpty()).isFalse();
        assertThat(versions(questions.take(9, Set.of()))).containsExactly(3L, 4L);
        assertThat(questions.isEmpty()).isTrue();
    }

    @Test
    void ofEachEdgeTheNewestQuestionWaitsInItsOldPlace() {
        PolicyQuestions questions = new PolicyQuestions();
        questions.add(stream("a"), report(TENANT, "a", 1));
        questions.add(stream("b"), report(TENANT, "b", 1));
        questions.add(stream("a"), report(TENANT, "a", 2));
        assertThat(versions(questions.take(1, Set.of()))).containsExactly(2L);

        Map<StreamScope, Report> taken = questions.take(5, Set.of());
        assertThat(questions.isEmpty()).isTrue();
        questions.add(stream("c"), report(TENANT, "c", 7));
        questions.add(stream("b"), report(TENANT, "b", 3));
        questions.putBack(taken);
        assertThat(versions(questions.take(5, Set.of()))).as("b is before c, and its newer question is not lost").containsExactly(3L, 7L);
        assertThat(questions.take(5, Set.of())).isEmpty();
    }

    private static List<Long> versions(Map<StreamScope, Report> some) {
        return some.values().stream().map(report -> report.said().targetsVersion()).toList();
    }

    private static StreamScope stream(String edge) {
        return StreamScope.of(TENANT).of(EdgeId.of(edge));
    }

    private static Report report(TenantId tenant, String edge, long version) {
        return new Report(tenant, EdgeId.of(edge), new PolicyAsked(tenant.value(), edge, 1, version, version, false, true, null, null, START), START);
    }
}
