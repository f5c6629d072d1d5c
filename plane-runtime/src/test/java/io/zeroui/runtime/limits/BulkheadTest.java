package io.zeroui.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BulkheadTest {

    private final Bulkhead bulkhead = new Bulkhead(2, 5);

    @Test
    void oneOwnerHasAsManyAsItMayAndLeavesRoomToOthers() {
        assertThat(bulkhead.tryTake("acme")).isTrue();
        assertThat(bulkhead.tryTake("acme")).isTrue();

        assertThat(bulkhead.tryTake("acme")).isFalse();

        assertThat(bulkhead.tryTake("other")).isTrue();
        bulkhead.giveBack("acme");
        assertThat(bulkhead.tryTake("acme")).isTrue();
        assertThat(bulkhead.tryTake("acme")).isFalse();
    }

    @Test
    void allTogetherHaveAsManyAsThereAre() {
        for (int i = 0; i < 5; i++) {
            assertThat(bulkhead.tryTake("caller-" + i)).isTrue();
        }
        assertThat(bulkhead.tryTake("one-more")).isFalse();

        bulkhead.giveBack("caller-3");

        assertThat(bulkhead.tryTake("one-more")).isTrue();
        assertThat(bulkhead.tryTake("caller-3")).isFalse();
    }
}
