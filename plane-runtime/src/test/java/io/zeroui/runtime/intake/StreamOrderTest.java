package io.zeroui.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamOrderTest {

    private final StreamOrder order = new StreamOrder();

    @Test
    void aBatchWaitsForTheOneBeforeItHoweverLongThatTakes() {
        StreamOrder.Turn first = order.next();
        StreamOrder.Turn second = order.next();
        StreamOrder.Turn third = order.next();
        assertThat(first.before()).isCompleted();
        assertThat(second.before()).isNotDone();

        second.end();
        assertThat(third.before()).as("the third waits for the second only").isCompleted();
        assertThat(second.before()).isNotDone();
        first.end();
        assertThat(second.before()).isCompleted();
    }

    @Test
    void aTurnThatEndsTwiceHoldsNobodyUp() {
        StreamOrder.Turn first = order.next();
        first.end();
        first.end();
        assertThat(order.next().before()).isCompleted();
    }
}
