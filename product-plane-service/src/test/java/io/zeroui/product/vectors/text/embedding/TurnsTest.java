package io.zeroui.product.vectors.text.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.problems.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who begins when, and who has to go. */
class TurnsTest {

    private final List<String> begun = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Deque<UniEmitter<? super Boolean>> running = new ArrayDeque<>();

    @Test
    void aTenantWithManyCallsKeepsAnotherWaitingForOneTurnOnly() {
        Turns turns = new Turns(1, 16);
        for (int i = 0; i < 6; i++) {
            call(turns, "many", "many-" + i);
        }
        call(turns, "few", "few-0");
        call(turns, "few", "few-1");
        endAll();
        assertThat(begun).containsExactly("many-0", "many-1", "few-0", "many-2", "few-1", "many-3", "many-4", "many-5");
        assertThat(refused).isEmpty();
    }

    @Test
    void whereThereIsNoRoomTheTenantWithTheMostMakesSome() {
        Turns turns = new Turns(1, 4);
        for (int i = 0; i < 5; i++) {
            call(turns, "many", "many-" + i);
        }
        call(turns, "many", "many-5");
        assertThat(refused).containsExactly("many-5");
        call(turns, "few", "few-0");
        call(turns, "few", "few-1");
        assertThat(refused).containsExactly("many-5", "many-4", "many-3");
        call(turns, "few", "few-2");
        assertThat(refused).as("as many as the other: then its own").containsExactly("many-5", "many-4", "many-3", "few-2");
        endAll();
        assertThat(begun).containsExactly("many-0", "many-1", "few-0", "many-2", "few-1");
    }

    @Test
    void whoHasGoneHasNoTurnAndLeavesRoom() {
        Turns turns = new Turns(1, 1);
        call(turns, "a", "first");
        Cancellable gone = call(turns, "a", "gone");
        gone.cancel();
        call(turns, "b", "next");
        endAll();
        assertThat(begun).containsExactly("first", "next");
        assertThat(refused).isEmpty();
        call(turns, "a", "last");
        assertThat(begun).endsWith("last");
    }

    @CanIgnoreReturnValue
    private Cancellable call(Turns turns, String tenant, String name) {
        return turns.run(TenantId.of(tenant), () -> {
            begun.add(name);
            return Uni.createFrom().<Boolean> emitter(running::add);
        }).subscribe().with(done -> {
        }, failure -> {
            assertThat(failure).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(503));
            refused.add(name);
        });
    }

    private void endAll() {
        while (!running.isEmpty()) {
            running.removeFirst().complete(true);
        }
    }
}
