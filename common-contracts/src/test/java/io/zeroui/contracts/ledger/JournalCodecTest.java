package io.zeroui.contracts.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.ledger.JournalEntry.Origin;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalCodecTest {

    private static final JournalEntry ENTRY = new JournalEntry(7, ReceiptId.of("FB:one.2"), RepoId.of("core-api"),
            LocalDate.of(2026, 11, 21), 4711, 702, Hash.of(new byte[] {9}), Instant.parse("2026-11-21T04:05:06.789Z"),
            Commitment.to(new byte[] {9}), new Origin("edge-local", "e\"p", 12));

    @Test
    void anEntryIsOneLineThatIsReadBackTheSame() {
        byte[] line = JournalCodec.write(ENTRY);

        assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\n").startsWith("{\"v\":1,\"seq\":7,");
        assertThat(JournalCodec.read(line)).isEqualTo(ENTRY);
    }

    @Test
    void anEntryWithoutItsDeliveryIsReadBackTheSame() {
        JournalEntry recovered = new JournalEntry(8, ENTRY.receiptId(), ENTRY.repoId(), ENTRY.day(), 0, 1,
                ENTRY.hash(), ENTRY.receivedAt(), ENTRY.commitment(), null);

        assertThat(JournalCodec.read(JournalCodec.write(recovered))).isEqualTo(recovered);
    }

    @Test
    void membersThatALaterVersionAddsAreIgnored() {
        String line = new String(JournalCodec.write(ENTRY), StandardCharsets.UTF_8);
        String longer = line.replaceFirst("\\{", "{\"leaf\":{\"index\":[1,2]},\"note\":null,");

        assertThat(JournalCodec.read(longer.getBytes(StandardCharsets.UTF_8))).isEqualTo(ENTRY);
    }

    @Test
    void aLineOfAnOlderVersionCommitsByTheHashOfItsReceipt() {
        JournalEntry old = new JournalEntry(7, ENTRY.receiptId(), ENTRY.repoId(), ENTRY.day(), 0, 1, ENTRY.hash(),
                ENTRY.receivedAt(), new Commitment(null, ENTRY.hash()), null);
        byte[] line = JournalCodec.write(old);

        assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("salt", "commitment");
        assertThat(JournalCodec.read(line)).isEqualTo(old);
        assertThat(((JournalEntry) JournalCodec.read(line)).commitment().isTo(new byte[] {9})).isTrue();
    }

    @Test
    void whatIsLeftOfAnErasedLineIsAsLongAndHasNeitherHashNorSaltNorSender() {
        byte[] line = JournalCodec.write(ENTRY);

        byte[] left = JournalCodec.erase(line);

        assertThat(left).hasSameSizeAs(line);
        assertThat(new String(left, StandardCharsets.UTF_8)).startsWith("{\"v\":2,\"seq\":7,").doesNotContain("\n", "sha256", "salt",
                "edge", "epoch", ENTRY.hash().hex(), ENTRY.commitment().salt().hex());
        assertThat(JournalCodec.read(left)).isEqualTo(ErasedEntry.of(ENTRY));
        assertThat(LogEntry.of(JournalCodec.read(left))).isEqualTo(LogEntry.of(ENTRY));
        assertThatIllegalArgumentException().isThrownBy(() -> JournalCodec.erase(left));
    }

    @Test
    void anErasedLineOfAnOlderVersionKeepsWhatTheLogHasAnyway() {
        JournalEntry old = new JournalEntry(7, ENTRY.receiptId(), ENTRY.repoId(), ENTRY.day(), 0, 1, ENTRY.hash(),
                ENTRY.receivedAt(), new Commitment(null, ENTRY.hash()), null);
        byte[] line = JournalCodec.write(old);

        assertThat(JournalCodec.erase(line)).hasSameSizeAs(line);
        assertThat(LogEntry.of(JournalCodec.read(JournalCodec.erase(line)))).isEqualTo(LogEntry.of(old));
    }

    @Test
    void anActIsReadBackTheSameAndItsLeafCommitsToTheStatement() {
        ActEntry act = ActEntry.of(8, ENTRY.day(), ENTRY.receivedAt(), "{\"act\":\"x\",\"reason\":\"\\\"✓\"}");
        byte[] line = JournalCodec.write(act);

        assertThat(JournalCodec.read(line)).isEqualTo(act);
        assertThat(act.isCommitted()).isTrue();
        assertThat(LogEntry.of(act).kind()).isEqualTo(LogEntry.Kind.ACT);
        String changed = new String(line, StandardCharsets.UTF_8).replace("reason", "season");
        assertThat(((ActEntry) JournalCodec.read(changed.getBytes(StandardCharsets.UTF_8))).isCommitted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"v\":4,\"seq\":1}", "{\"v\":3,\"seq\":1}", "{}", "{\"v\":2}", "not json", "{\"v\":1,\"seq\":\"7\"}"})
    void whatIsNoEntryIsRefused(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalCodec.read(line.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/dt=2026-11-21/receipts.jsonl", "core-api/dt=2026-13-41/receipts.jsonl",
            "/core-api/dt=2026-11-21/receipts.jsonl", "core-api/dt=2026-11-21/other.jsonl"})
    void anEntryCannotPointOutOfTheEvidenceFolder(String data) {
        String line = new String(JournalCodec.write(ENTRY), StandardCharsets.UTF_8);
        String moved = line.replace("core-api/dt=2026-11-21/receipts.jsonl", data);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalCodec.read(moved.getBytes(StandardCharsets.UTF_8)));
    }
}
