package io.zeroui.contracts.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zeroui.contracts.identity.ReceiptId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErasedLineTest {

    private static final ErasedLine LINE = new ErasedLine(ReceiptId.of("FB:one.2"), "acme:ide:\"dev\" ✓:unknown");

    @Test
    void takesExactlyTheRoomOfTheLineThatWasThereAndIsReadBack() {
        byte[] bytes = LINE.bytes(300);

        assertThat(bytes).hasSize(300).doesNotContain('\n');
        assertThat(ErasedLine.read(bytes)).contains(LINE);
    }

    @Test
    void doesNotGoIntoLessRoom() {
        assertThatIllegalArgumentException().isThrownBy(() -> LINE.bytes(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"erased\":2,\"receipt_id\":\"a\",\"chain_id\":\"c\"}",
            "{\"erased\":1,\"receipt_id\":\"a b\",\"chain_id\":\"c\"}", "{\"erased\":1,\"receipt_id\":\"a\"}", "{\"erased\":1,",
            "{\"erased\":1,\"receipt_id\":\"a\",\"chain_id\":\"c\",\"signature\":\"s\"}"})
    void otherLinesAreNone(String line) {
        assertThat(ErasedLine.read(line.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
