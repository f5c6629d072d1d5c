package io.zeroui.ide.receipts.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimOrderTest {

    private final ClaimOrder order = new ClaimOrder();

    @Test
    void aBatchWaitsForTheOneBeforeItHoweverLongThatTakes() {
        ClaimOrder.Turn first = order.next();
        ClaimOrder.Turn second = order.next();
        ClaimOrder.Turn third = order.next();
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
        ClaimOrder.Turn first = order.next();
        first.end();
        first.end();
        assertThat(order.next().before()).isCompleted();
    }
}
