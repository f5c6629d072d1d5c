package io.zeroui.contracts.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final List<Function<String, ?>> KEBAB_TYPES = List.of(TenantId::of, RepoId::of, Region::of, EdgeId::of);

    @ParameterizedTest
    @ValueSource(strings = { "a", "7", "acme", "acme-payments-2", "a--b" })
    void kebabCaseNamesAreAccepted(String value) {
        for (Function<String, ?> type : KEBAB_TYPES) {
            assertThat(type.apply(value)).hasToString(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-a", "a-", "A", "a_b", "a.b", "..", ".", "a/b", "a\\b", "../a", "a b", "a\n", "ä",
            "a\u0000" })
    void everythingElseIsRefused(String value) {
        for (Function<String, ?> type : KEBAB_TYPES) {
            assertThatIllegalArgumentException().isThrownBy(() -> type.apply(value));
        }
    }

    @Test
    void kebabCaseNamesHaveAtMost100Characters() {
        assertThat(TenantId.of("a".repeat(100)).value()).hasSize(100);
        assertThatIllegalArgumentException().isThrownBy(() -> TenantId.of("a".repeat(101)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarantine", "checkpoints", "index" })
    void foldersBesideTheRepositoriesAreNoRepositories(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> RepoId.of(value)).withMessageContaining("reserved");
        assertThat(TenantId.of(value).value()).isEqualTo(value);
    }

    @Test
    void noEdgeIsNamedLikeADeadLetterStream() {
        assertThatIllegalArgumentException().isThrownBy(() -> EdgeId.of("dead-letters"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "k", "edge-agent_2026.1", "..a", "..." })
    void keyIdsAreSafeFileNames(String value) {
        assertThat(Kid.of(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", "a/b", "a:b", "a b", "../k", "k\u0000", "ä" })
    void keyIdsThatAreNotAreRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Kid.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = { "3f2c8a34-5b0e-4f6a-9f39-0c5c3a0e9a11", "3F2C8A34-5B0E-4F6A-9F39-0C5C3A0E9A11",
            "receipt-1769860800000-0123456789abcdef" })
    void decisionIdsAreUuidsOrTimeAndRandom(String value) {
        assertThat(ReceiptId.ofDecision(value)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "1", "receipt-1-2", "receipt--0123456789abcdef", "fb-7",
            "{3f2c8a34-5b0e-4f6a-9f39-0c5c3a0e9a11}" })
    void otherIdsAreNotDecisionIds(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptId.ofDecision(value));
    }

    @Test
    void feedbackIdsMayHaveAnyPlainForm() {
        assertThat(ReceiptId.of("fb:7.a_B-c")).hasToString("fb:7.a_B-c");
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptId.of("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptId.of("x".repeat(129)));
    }
}
