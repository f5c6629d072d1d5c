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
import org.junit.jupiter.api.Test;

/** How much edges are told in a while, and who waits meanwhile. */
class TellingBudgetTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final TenantId TENANT = TenantId.of("acme");

    @Test
    void inNoWindowMoreIsToldThanTheBudget() {
        Random random = new Random(5);
        TellingBudget budget = new TellingBudget(1_000, Duration.ofSeconds(10));
        long[] told = new long[600];
        for (int tenth = 0; tenth < told.length; tenth++) {
            long bytes = 1 + random.nextInt(300);
            told[tenth] = budget.take(bytes, START.plusMillis(100L * tenth)) ? bytes : 0;
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
        assertThat(budget.take(5_000, START)).isTrue();
        assertThat(budget.take(1, START.plusSeconds(9))).isFalse();
        assertThat(budget.take(1, START.plusSeconds(10))).isTrue();
        assertThat(budget.take(5_000, START.plusSeconds(11))).isFalse();
    }

    @Test
    void ofEachEdgeTheNewestQuestionWaitsInItsOldPlace() {
        PolicyQuestions questions = new PolicyQuestions();
        questions.add(stream("a"), report("a", 1));
        questions.add(stream("b"), report("b", 1));
        questions.add(stream("a"), report("a", 2));
        assertThat(versions(questions.take(1))).containsExactly(2L);

        Map<StreamScope, Report> taken = questions.take(5);
        assertThat(questions.isEmpty()).isTrue();
        questions.add(stream("c"), report("c", 7));
        questions.add(stream("b"), report("b", 3));
        questions.putBack(taken);
        assertThat(versions(questions.take(5))).as("b is before c, and its newer question is not lost").containsExactly(3L, 7L);
        assertThat(questions.take(5)).isEmpty();
    }

    private static List<Long> versions(Map<StreamScope, Report> some) {
        return some.values().stream().map(report -> report.said().targetsVersion()).toList();
    }

    private static StreamScope stream(String edge) {
        return StreamScope.of(TENANT).of(EdgeId.of(edge));
    }

    private static Report report(String edge, long version) {
        return new Report(TENANT, EdgeId.of(edge), new PolicyAsked(TENANT.value(), edge, 1, version, version, false, true, null, null, START), START);
    }
}
