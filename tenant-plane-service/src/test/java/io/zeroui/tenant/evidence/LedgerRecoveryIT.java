package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.index.EvidenceIndexer;
import io.zeroui.tenant.evidence.journal.LedgerRecovery;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every state that a crash can leave (the package {@code evidence.journal} lists them): a ledger is written, its files
 * are copied to a new tenant as the crash would have left them, and the new tenant's ledger is opened.
 */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class LedgerRecoveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RECEIPTS = 5;

    @Inject
    EvidenceLedger ledgers;
    @Inject
    OpenLedgers open;
    @Inject
    LedgerRecovery recovery;
    @Inject
    EvidenceIndexer indexer;
    private final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private final LedgerView crashed = new LedgerView(TenantId.of("crashed-" + UUID.randomUUID()));
    private final List<byte[]> lines = emitter.decisions("core-api", RECEIPTS);

    @Test
    void aTornEvidenceLineIsCutOffAndKept() throws Exception {
        copyLedger();
        byte[] torn = emitter.decision("core-api");
        append(crashed.file("data"), new String(torn, 0, 100, StandardCharsets.UTF_8));

        recover();

        assertThat(crashed.storedLines()).hasSize(RECEIPTS);
        assertThat(crashed.deadLetters()).singleElement().asString().contains("TORN_LINE", "\"length\":100");
        assertWhole(RECEIPTS);
        resend(torn);
        assertWhole(RECEIPTS + 1);
    }

    @Test
    void storedLinesThatAreNotJournaledBecomePartOfTheLedger() throws Exception {
        copyLedger();
        byte[] one = emitter.decision("core-api");
        byte[] two = emitter.decision("core-api");
        append(crashed.file("data"), text(one) + "\n" + text(two) + "\n");

        recover();

        assertWhole(RECEIPTS + 2);
        resend(two);
        resend(one);
        assertThat(crashed.storedLines()).hasSize(RECEIPTS + 2);
        assertThat(crashed.journal()).hasSize(RECEIPTS + 2);
    }

    @Test
    void aTornJournalLineIsWrittenAnewWithTheSameSequence() throws Exception {
        copyLedger();
        cutBytes(crashed.file("journal"), 20);

        recover();

        assertWhole(RECEIPTS);
        assertThat(crashed.journal()).hasSize(RECEIPTS).last().asString().contains("\"seq\":" + RECEIPTS + ",");
        assertThat(crashed.deadLetters()).singleElement().asString().contains("TORN_LINE", "journal.jsonl");
    }

    @Test
    void aLedgerWithoutAnyJournalIsJournaledFromItsFiles() throws Exception {
        copyLedger();
        Files.delete(crashed.file("journal"));

        recover();

        assertWhole(RECEIPTS);
    }

    @Test
    void journaledLinesThatAreNotIndexedAreIndexedAndRecognised() throws Exception {
        copyLedger();

        recover();

        assertWhole(RECEIPTS);
        for (byte[] line : lines) {
            resend(line);
        }
        assertThat(crashed.storedLines()).hasSize(RECEIPTS);
        assertWhole(RECEIPTS);
    }

    @Test
    void anUnjournaledLineThatDoesNotHoldIsKeptAsideAndCutOff() throws Exception {
        copyLedger();
        byte[] good = emitter.decision("core-api");
        append(crashed.file("data"), text(SignedReceipts.withBrokenSignature(emitter.decision("core-api"))) + "\n"
                + text(good) + "\n" + "not a receipt\n");

        recover();
        assertThat(recovery.open(crashed.tenant).await().atMost(PATIENCE).lastSequence()).isEqualTo(RECEIPTS + 1);

        assertWhole(RECEIPTS + 1);
        assertThat(crashed.deadLetters()).hasSize(2);
        assertThat(crashed.storedLines()).hasSize(RECEIPTS + 2).last().isEqualTo(text(good));
    }

    @Test
    void sequenceGoesOnOverMidnightAndEmptyDays() throws Exception {
        copyLedger();
        Path journal = crashed.file("journal");
        Path data = crashed.file("data");
        Path journalDay = journal.resolveSibling("../dt=2026-01-01").normalize();
        Files.createDirectories(journalDay);
        Files.writeString(journalDay.resolve("journal.jsonl"),
                Files.readString(journal).replaceAll("dt=[0-9-]+/", "dt=2026-01-01/"));
        Path dataDay = data.resolveSibling("../dt=2026-01-01").normalize();
        Files.createDirectories(dataDay);
        Files.move(data, dataDay.resolve("receipts.jsonl"));
        Files.writeString(journal, "{\"v\":1,\"seq\":6,\"receipt_id\":\"torn");

        recover();
        byte[] next = emitter.decision("core-api");
        resend(next);

        assertWhole(RECEIPTS + 1);
        assertThat(crashed.journal()).last().asString().contains("\"seq\":" + (RECEIPTS + 1) + ",");
    }

    @Test
    void anAppendThatFailsHalfwayIsRepeatedWithoutADuplicate() throws Exception {
        TenantId tenant = crashed.tenant;
        resend(lines.get(0));
        Path journal = crashed.evidence().resolve("journal");
        Path aside = crashed.evidence().resolve("journal-aside");
        Files.move(journal.resolve(crashed.file("journal").getParent().getFileName()).resolve("journal.jsonl"), aside);
        Files.createDirectory(journal.resolve(Path.of(dayOf(crashed), "journal.jsonl")));

        long number = edge.send(tenant, lines.get(1), emitter);
        await().atMost(PATIENCE).until(() -> crashed.storedLines().size() == 2);
        assertThat(edge.acknowledged()).doesNotContain(number);
        Files.delete(journal.resolve(Path.of(dayOf(crashed), "journal.jsonl")));
        Files.move(aside, journal.resolve(Path.of(dayOf(crashed), "journal.jsonl")));

        await().atMost(PATIENCE).until(() -> edge.acknowledged().contains(number));
        assertThat(crashed.storedLines()).hasSize(2);
        assertWhole(2);
    }

    @Test
    void aRebuiltIndexHasTheSameRowsAndDigest() {
        for (byte[] line : lines) {
            resend(line);
        }
        List<String> before = rowsOfCrashedTenant();
        List<String> tenants = LedgerView.column("SELECT tenant_id FROM app.ledger_watermarks");

        LedgerView.execute("TRUNCATE app.receipts_index, app.receipt_words, app.chain_heads, app.ledger_watermarks, app.ledger_acts,"
                + " app.erased_receipts");
        for (String tenant : tenants) {
            indexer.catchUp(open.get(TenantId.of(tenant))).await().atMost(PATIENCE);
        }

        assertThat(before).hasSize(RECEIPTS);
        assertThat(rowsOfCrashedTenant()).isEqualTo(before);
        assertWhole(RECEIPTS);
    }

    /** Of this tenant only: other tests tamper with the files of theirs, and a rebuild believes the files. */
    private List<String> rowsOfCrashedTenant() {
        return LedgerView.column("""
                SELECT jsonb_build_array(receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point,
                           severity, plane, environment, emitter_service, extract(epoch FROM timestamp_utc),
                           extract(epoch FROM received_at), kid, encode(hash, 'hex'), chain_id, chain_position,
                           encode(prev_hash, 'hex'), encode(chain_hash, 'hex'), file, file_offset, line_length,
                           signature_status, edge_id)::text
                  FROM app.receipts_index
                 WHERE tenant_id = '%s'
                 ORDER BY ledger_sequence
                """.formatted(crashed.tenant.value()));
    }

    @Test
    void aDatabaseThatIsDownDelaysReceiptsAndLosesNone() {
        resend(lines.get(0));
        RealRuntime runtime = RealRuntime.with(RuntimePart.TENANT);
        runtime.kill(RuntimePart.TENANT);
        for (byte[] line : lines) {
            edge.send(crashed.tenant, line, emitter);
        }
        runtime.start(RuntimePart.TENANT);

        await().atMost(PATIENCE.multipliedBy(2)).until(() -> edge.acknowledged().size() == RECEIPTS + 1);
        assertThat(crashed.storedLines()).hasSize(RECEIPTS);
        assertWhole(RECEIPTS);
    }

    /** The crashed tenant gets the files of a healthy ledger; the index knows nothing of them. */
    private void copyLedger() throws IOException {
        TenantId healthy = TenantId.of("healthy-" + UUID.randomUUID());
        LedgerView from = new LedgerView(healthy);
        List<Long> sent = new ArrayList<>();
        lines.forEach(line -> sent.add(edge.send(healthy, line, emitter)));
        await().atMost(PATIENCE).until(() -> edge.acknowledged().containsAll(sent));
        Path source = PlaneResource.zuRoot().zuRoot().tenantsFolder().resolve(healthy.value());
        Path target = source.resolveSibling(crashed.tenant.value());
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assertThat(from.storedLines()).hasSize(RECEIPTS);
    }

    private void recover() {
        ledgers.open(List.of(crashed.tenant)).await().atMost(PATIENCE);
    }

    /** Sends one receipt and waits until its edge may forget it. */
    private void resend(byte[] line) {
        long number = edge.send(crashed.tenant, line, emitter);
        await().atMost(PATIENCE).until(() -> edge.acknowledged().contains(number));
    }

    private void assertWhole(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(crashed.indexed()).hasSize(count));
        assertThat(crashed.indexed()).doesNotHaveDuplicates();
        assertThat(crashed.brokenLinks()).isEmpty();
        assertThat(crashed.journal()).hasSize(count);
    }

    private static String dayOf(LedgerView view) {
        return view.file("data").getParent().getFileName().toString();
    }

    private static void append(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardOpenOption.APPEND);
    }

    private static void cutBytes(Path file, int count) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length - count));
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
