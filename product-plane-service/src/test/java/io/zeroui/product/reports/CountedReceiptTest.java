package io.zeroui.product.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountedReceiptTest {

    private static final TenantId ACME = TenantId.of("acme");

    @Test
    void aDecisionIsCountedByDayGateAndStatus() {
        CountedReceipt counted = CountedReceipt.of(ACME, item(7, "decision", "secrets", "warn", "2026-11-21", "prod"));
        assertThat(counted).isEqualTo(new CountedReceipt("acme", 7, LocalDate.of(2026, 11, 21), "decision", "secrets",
                "warn", "prod", List.of(), false, false));
    }

    @Test
    void policiesAreCountedOnceEachAndOnlyByNamesThatTheyCanHave() {
        EvidenceItem item = new EvidenceItem(7, "r-7", "decision", "repo", "secrets", "pass", null, "2026-11-21", "pre-commit", "prod", true, "00",
                List.of("gate-1", "a b", "gate-1", "secrets-2.0"), true);
        CountedReceipt counted = CountedReceipt.of(ACME, item);
        assertThat(counted.policies()).containsExactly("gate-1", "secrets-2.0");
        assertThat(counted.overridden()).isTrue();
        assertThat(counted.degraded()).isTrue();
    }

    @Test
    void ofThePoliciesOnlyKnownOnesAreLeft() {
        CountedReceipt counted = CountedReceipt.of(ACME, new EvidenceItem(7, "r-7", "decision", "repo", "secrets", "warn", null, "2026-11-21",
                "pre-commit", "prod", true, "00", List.of("gate-1", "made-up-1", "secrets-2.0"), true));
        assertThat(counted.withPoliciesAmong(Set.of("secrets-2.0", "gate-1", "gate-2"))).isEqualTo(new CountedReceipt("acme", 7,
                LocalDate.of(2026, 11, 21), "decision", "secrets", "warn", "prod", List.of("gate-1", "secrets-2.0"), true, true));
        assertThat(counted.withPoliciesAmong(Set.of()).policies()).isEmpty();
        assertThat(counted.withPoliciesAmong(Set.copyOf(counted.policies()))).isEqualTo(counted);
    }

    @Test
    void feedbackHasNoGateAndAnUnknownStatus() {
        CountedReceipt counted = CountedReceipt.of(ACME, item(1, "feedback", null, null, "2026-11-21", "default"));
        assertThat(counted.gateId()).isEmpty();
        assertThat(counted.status()).isEqualTo("unknown");
    }

    @Test
    void aStatusThatThisVersionDoesNotKnowIsCountedAsUnknown() {
        assertThat(CountedReceipt.of(ACME, item(1, "decision", "g", "deferred", "2026-11-21", "prod")).status())
                .isEqualTo("unknown");
    }

    @Test
    void aLongGateIsCutAndItsReceiptCounted() {
        CountedReceipt counted = CountedReceipt.of(ACME,
                item(1, "decision", "\uD83D\uDE00".repeat(500), "pass", "2026-11-21", "prod"));
        assertThat(counted.gateId().codePointCount(0, counted.gateId().length())).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aSequenceOutsideOfALedgerIsRefused(long sequence) {
        assertThatThrownBy(() -> CountedReceipt.of(ACME, item(sequence, "decision", "g", "pass", "2026-11-21", "p")))
                .isInstanceOf(InvalidEvent.class).hasMessageContaining("ledger_sequence");
    }

    @ParameterizedTest
    @CsvSource({"decision,2026-02-30", "decision,yesterday", "decision,", "decision,+12026-01-01", "other,2026-01-01",
            ",2026-01-01"})
    void whatHasNoDayOrKindIsRefused(String kind, String day) {
        assertThatThrownBy(() -> CountedReceipt.of(ACME, item(1, kind, "g", "pass", day, "p")))
                .isInstanceOf(InvalidEvent.class);
    }

    @Test
    void aNulInANameIsRefused() {
        assertThatThrownBy(() -> CountedReceipt.of(ACME, item(1, "decision", "a\0b", "pass", "2026-01-01", "p")))
                .isInstanceOf(InvalidEvent.class).hasMessageContaining("NUL");
    }

    private static EvidenceItem item(long sequence, String kind, String gate, String status, String day,
            String environment) {
        return new EvidenceItem(sequence, "r-" + sequence, kind, "repo", gate, status, null, day, "pre-commit",
                environment, false, "00", List.of(), false);
    }
}
