package io.zeroui.contracts.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.SampleReceipts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReceiptHeaderTest {

    @Test
    void aDecisionWithAnOverrideIsOverridden() throws ReceiptRefused {
        ObjectNode receipt = SampleReceipts.decision();
        receipt.remove("override");
        assertThat(ReceiptHeader.read(signed(receipt)).overridden()).isFalse();
        receipt.putNull("override");
        assertThat(ReceiptHeader.read(signed(receipt)).overridden()).isFalse();
        receipt.putObject("override").put("reason", "urgent").put("approver", "lead").put("timestamp", "2026-01-31T12:00:00Z");
        assertThat(ReceiptHeader.read(signed(receipt)).overridden()).isTrue();
    }

    @Test
    void anOverrideThatIsNoneIsRefused() {
        ObjectNode receipt = SampleReceipts.decision().put("override", true);
        assertThatThrownBy(() -> ReceiptHeader.read(signed(receipt))).isInstanceOf(ReceiptRefused.class).hasMessageContaining("override");
        ObjectNode empty = SampleReceipts.decision();
        empty.putObject("override");
        assertThatThrownBy(() -> ReceiptHeader.read(signed(empty))).isInstanceOf(ReceiptRefused.class).hasMessageContaining("override");
    }

    private static ObjectNode signed(ObjectNode receipt) {
        return SampleReceipts.parse(new String(SampleReceipts.sign(receipt.deepCopy()), StandardCharsets.UTF_8));
    }
}
