package io.zeroui.contracts.ledger.acts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped;
import io.zeroui.contracts.ledger.acts.LedgerAct.Erasure;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldPlaced;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldReleased;
import io.zeroui.contracts.ledger.acts.LedgerAct.RetentionSet;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActCodecTest {

    private static final Why WHY = new Why("key:a", "because \"so\" ✓", "DSR-17");
    private static final ReceiptId ONE = ReceiptId.of("one");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final HoldFilter FILTER = new HoldFilter(List.of(ONE, ReceiptId.of("two")), RepoId.of("core-api"), "gate", NOON,
            NOON.plusSeconds(1));

    static Stream<LedgerAct> acts() {
        return Stream.of(new Erasure("e", 7, ONE, WHY), new HoldPlaced("h", "INC 7", FILTER, WHY),
                new HoldPlaced("h", "all", HoldFilter.everything(), new Why("key:a", "x", "")), new HoldReleased("h", WHY),
                new RetentionSet(0, WHY), new RetentionSet(RetentionSet.MAX_DAYS, WHY),
                new DaysDropped(7, LocalDate.parse("2026-11-21"), Hash.of(new byte[1]), WHY));
    }

    @ParameterizedTest
    @MethodSource("acts")
    void anActIsReadBackTheSame(LedgerAct act) {
        assertThat(ActCodec.read(ActCodec.write(act))).isEqualTo(act);
        assertThat(ActCodec.write(act)).startsWith("{\"act\":\"" + ActCodec.kind(act) + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"act\":\"other\",\"by\":\"k\",\"reason\":\"r\"}",
            "{\"act\":\"erasure\",\"by\":\"k\",\"reason\":\"r\",\"erasure_id\":\"e\",\"seq\":\"7\",\"receipt_id\":\"a\"}",
            "{\"act\":\"retention_set\",\"by\":\"k\",\"reason\":\"r\",\"days\":-1}",
            "{\"act\":\"retention_set\",\"by\":\"k\",\"reason\":\"r\",\"days\":4294967297}",
            "{\"act\":\"days_dropped\",\"by\":\"k\",\"reason\":\"r\",\"seq\":1,\"first_day\":\"today\",\"base_sha256\":\"00\"}",
            "{\"act\":\"hold_placed\",\"by\":\"k\",\"reason\":\"r\",\"hold_id\":\"h\",\"name\":\"n\",\"filter\":{\"from\":\"monday\"}}"})
    void whatIsNoStatementIsRefused(String statement) {
        assertThatIllegalArgumentException().isThrownBy(() -> ActCodec.read(statement));
    }

    @Test
    void aHoldIsAboutWhatMeetsEverythingThatItNames() {
        RepoId repo = RepoId.of("core-api");
        assertThat(FILTER.holds(ONE, repo, "gate", NOON)).isTrue();
        assertThat(FILTER.holds(ReceiptId.of("three"), repo, "gate", NOON)).isFalse();
        assertThat(FILTER.holds(ONE, RepoId.of("web"), "gate", NOON)).isFalse();
        assertThat(FILTER.holds(ONE, repo, null, NOON)).isFalse();
        assertThat(FILTER.holds(ONE, repo, "gate", NOON.minusMillis(1))).isFalse();
        assertThat(FILTER.holds(ONE, repo, "gate", NOON.plusSeconds(1))).isFalse();
        assertThat(HoldFilter.everything().holds(ONE, repo, null, NOON)).isTrue();
    }

    @Test
    void aReasonThatWouldHaveToBeErasedItselfIsRefused() {
        assertThat(Why.fault("right to erasure", Why.MAX_REASON)).isNull();
        assertThat(Why.fault("asked for by jane.doe@example.com", Why.MAX_REASON)).contains("for ever");
        assertThat(Why.fault(" ", Why.MAX_REASON)).contains("characters");
        assertThat(Why.fault("x".repeat(501), Why.MAX_REASON)).contains("characters");
        assertThat(Why.fault("a\nb", Why.MAX_REASON)).contains("control");
    }
}
