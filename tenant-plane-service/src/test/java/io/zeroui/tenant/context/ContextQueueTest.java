package io.zeroui.tenant.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.context.ContextQueue.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is sent next. */
class ContextQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final ContextQueue queue = new ContextQueue();

    @Test
    void aWithdrawalComesFirstAndATenantWithManyExportsKeepsNobodyWaiting() {
        for (int i = 0; i < 1_000; i++) {
            add("many", false);
        }
        Change few = add("few", false);
        Change end = add("other", true);
        List<Change> next = queue.due(NOW, 4);
        assertThat(next).hasSize(4).doesNotHaveDuplicates().startsWith(end).contains(few);
        assertThat(next.subList(1, 4)).filteredOn(change -> change.tenant().value().equals("many")).hasSize(2);
    }

    @Test
    void ofMoreTenantsThanPlacesEachHasItsTurn() {
        for (String tenant : List.of("a", "b", "c", "d", "e")) {
            for (int i = 0; i < 10; i++) {
                add(tenant, false);
            }
        }
        List<String> served = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            queue.due(NOW, 2).forEach(change -> {
                served.add(change.tenant().value());
                queue.sent(change, NOW.plusSeconds(30));
            });
        }
        assertThat(served).containsExactly("a", "b", "c", "d", "e", "a", "b", "c", "d", "e");
    }

    @Test
    void whatWasSentIsDueAgainLaterAndOnlyTheWishThatWasAnsweredIsDone() {
        Change change = add("a", false);
        assertThat(queue.due(NOW, 8)).containsExactly(change);
        queue.sent(change, NOW.plusSeconds(30));
        assertThat(queue.due(NOW.plusSeconds(29), 8)).isEmpty();
        assertThat(queue.due(NOW.plusSeconds(30), 8)).containsExactly(change);
        assertThat(queue.find(change).sent()).isEqualTo(1);
        assertThat(queue.addMissing(change, true)).isFalse();

        ContextQueue.Due answered = queue.find(change);
        queue.add(change, true);
        queue.done(change, answered);
        assertThat(queue.size()).as("withdrawn while the export was answered").isEqualTo(1);
        queue.done(change, queue.find(change));
        assertThat(queue.size()).isZero();
        queue.sent(change, NOW);
        assertThat(queue.due(NOW, 8)).isEmpty();
    }

    @Test
    void allThatIsDueIsFoundOnce() {
        Set<Change> all = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            all.add(add("t" + i % 7, i % 3 == 0));
        }
        assertThat(queue.due(NOW, 50)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(queue.due(NOW, 17)).hasSize(17).allMatch(change -> queue.find(change).isEnd());
        assertThat(queue.due(NOW, 0)).isEmpty();
    }

    @CanIgnoreReturnValue
    private Change add(String tenant, boolean isEnd) {
        Change change = new Change(TenantId.of(tenant), UUID.randomUUID());
        queue.add(change, isEnd);
        return change;
    }
}
