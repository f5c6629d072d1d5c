package io.zeroui.contracts.ledger.bases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.bases.LedgerBase.Act;
import io.zeroui.contracts.ledger.bases.LedgerBase.Erased;
import io.zeroui.contracts.ledger.bases.LedgerBase.Link;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerBaseCodecTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-21");
    private static final Link LINK = new Link("acme:ide:default:gate", 41, Hash.of(new byte[]{1}));
    private static final LedgerBase BASE = new LedgerBase(TenantId.of("acme"), 97, DAY, Hash.of(new byte[]{2}), DAY.plusDays(3), 12_345,
            List.of(LINK, new Link("acme:ide:default:\u2713", 1, Hash.ZERO)), List.of(new Act(7, NOON, "{\"act\":\"x\\n\"}")),
            List.of(new Erased(ReceiptId.of("one"), 6, NOON, LINK, 7L), new Erased(ReceiptId.of("two"), 8, NOON, LINK, null)));

    @Test
    void aBaseIsReadBackTheSame() {
        assertThat(LedgerBaseCodec.read(LedgerBaseCodec.write(BASE))).isEqualTo(BASE);
        LedgerBase empty = new LedgerBase(TenantId.of("acme"), 1, DAY, Hash.ZERO, DAY, 0, List.of(), List.of(), List.of());
        assertThat(LedgerBaseCodec.read(LedgerBaseCodec.write(empty))).isEqualTo(empty);
    }

    @Test
    void aBaseThatWasCutAnywhereIsRefused() {
        byte[] whole = LedgerBaseCodec.write(BASE);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().as("cut at " + length).isThrownBy(() -> LedgerBaseCodec.read(cut));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"v\":1|\"v\":2", "\"sequence\":97|\"sequence\":0", "\"links\":2|\"links\":3",
            "\"links\":2|\"links\":-1", "2026-11-24|2026-11-20", "\"position\":41|\"position\":0", "\"acts\":1|\"acts\":9999999999",
            "\"seq\":7|\"seq\":\"7\"", "2026-11-21T12|yesterday", "\"act_offset\":12345|\"act_offset\":-1"})
    void whatIsNoBaseIsRefused(String good, String bad) {
        String text = new String(LedgerBaseCodec.write(BASE), StandardCharsets.UTF_8);
        assertThat(text).contains(good);
        byte[] changed = text.replace(good, bad).getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> LedgerBaseCodec.read(changed));
    }
}
