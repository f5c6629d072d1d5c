package io.zeroui.tenant.evidence.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SerialLaneTest {

    private final SerialLane lane = new SerialLane();
    private final List<String> begun = new ArrayList<>();

    @Test
    void workBeginsWhenTheWorkBeforeItHasEnded() {
        CompletableFuture<String> first = new CompletableFuture<>();
        var one = subscribe(() -> {
            begun.add("one");
            return Uni.createFrom().completionStage(first);
        });
        var two = subscribe(() -> {
            begun.add("two");
            return Uni.createFrom().item("2");
        });

        assertThat(begun).containsExactly("one");
        assertThat(first.complete("1")).isTrue();

        one.assertItem("1");
        two.assertItem("2");
        assertThat(begun).containsExactly("one", "two");
    }

    @Test
    void failedWorkLetsTheNextBegin() {
        var failing = subscribe(() -> Uni.createFrom().failure(new IllegalStateException("full")));
        var throwing = subscribe(() -> {
            throw new IllegalStateException("worse");
        });
        var next = subscribe(() -> Uni.createFrom().item("fine"));

        failing.assertFailedWith(IllegalStateException.class, "full");
        throwing.assertFailedWith(IllegalStateException.class, "worse");
        next.assertItem("fine");
    }

    private UniAssertSubscriber<String> subscribe(java.util.function.Supplier<Uni<String>> work) {
        return lane.run(work).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
