package io.zeroui.contracts.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {

    private static final byte[] LINE = "{\"receipt_id\":\"one\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void theBytesAreVersionKindTimeAndCommitment() {
        LogEntry entry = new LogEntry(LogEntry.Kind.RECEIPT, Instant.ofEpochMilli(0x0102030405L), Hash.of(LINE));

        assertThat(HexFormat.of().formatHex(entry.bytes()))
                .isEqualTo("0101" + "0000000102030405" + Hash.of(LINE).hex());
        assertThat(LogEntry.read(entry.bytes())).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0201", "0103", "ff"})
    void whatIsNoEntryOfThisVersionIsRefused(String start) {
        byte[] bytes = HexFormat.of().parseHex(start.isEmpty() ? "" : start + "00".repeat(LogEntry.LENGTH - start.length() / 2));

        assertThatIllegalArgumentException().isThrownBy(() -> LogEntry.read(bytes));
    }

    @Test
    void aCommitmentHoldsForItsLineAndSaltOnly() {
        Commitment commitment = Commitment.to(LINE);
        byte[] other = LINE.clone();
        other[3] ^= 1;

        assertThat(commitment.isTo(LINE)).isTrue();
        assertThat(commitment.isTo(other)).isFalse();
        assertThat(new Commitment(Salt.random(), commitment.value()).isTo(LINE)).isFalse();
        assertThat(Commitment.to(LINE).value()).isNotEqualTo(commitment.value());
    }

    @Test
    void aCommitmentIsTheHashOfSaltAndLine() {
        Salt salt = Salt.parse("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] joined = new byte[Salt.LENGTH + LINE.length];
        System.arraycopy(salt.bytes(), 0, joined, 0, Salt.LENGTH);
        System.arraycopy(LINE, 0, joined, Salt.LENGTH, LINE.length);

        assertThat(Commitment.with(salt, LINE).value()).isEqualTo(Hash.of(joined));
    }
}
