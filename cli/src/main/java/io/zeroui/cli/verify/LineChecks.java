package io.zeroui.cli.verify;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.contracts.signature.TrustStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Checks stored lines against the journal, with all cores: a signature costs more than all the rest. */
final class LineChecks {

    private static final int BATCH = 4096;
    private static final long BATCH_BYTES = 64L << 20;

    private final TenantId tenant;
    private final TrustStore keys;
    private final Findings findings;
    private final ReceiptInspector inspector = ReceiptInspector.withDefaults();
    private List<Stored> waiting = new ArrayList<>();
    private long waitingBytes;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    LineChecks(TenantId tenant, TrustStore keys, Findings findings) {
        this.tenant = tenant;
        this.keys = keys;
        this.findings = findings;
    }

    private record Stored(JournalEntry entry, Path file, byte[] bytes) {
    }

    /** Checks the line, now or with the next ones. */
    void add(JournalEntry entry, Path file, byte[] bytes) {
        waiting.add(new Stored(entry, file, bytes));
        waitingBytes += bytes.length;
        if (waiting.size() == BATCH || waitingBytes > BATCH_BYTES) {
            begin();
        }
    }

    /** Checks what was added and not checked yet. */
    void finish() {
        begin();
        running.join();
    }

    /** Checks a batch while the next one is read. */
    private void begin() {
        List<Stored> batch = waiting;
        running.join();
        running = CompletableFuture.runAsync(() -> batch.parallelStream().forEach(this::check));
        waiting = new ArrayList<>();
        waitingBytes = 0;
    }

    private void check(Stored line) {
        JournalEntry entry = line.entry();
        if (!Hash.of(line.bytes()).equals(entry.hash())) {
            add(Kind.LINE_CHANGED, line, "has not the hash that the journal notes");
        }
        if (!entry.commitment().isTo(line.bytes())) {
            add(Kind.COMMITMENT, line, "does not have the commitment that the journal notes");
        }
        Inspection inspection = inspector.inspectStored(line.bytes(), keys, entry.receivedAt());
        if (inspection instanceof Inspection.Refused refused) {
            refused(line, refused.refusal());
            return;
        }
        var header = ((Inspection.Accepted) inspection).line().header();
        TenantId named = header.tenantId();
        if (!header.id().equals(entry.receiptId()) || !header.repoId().equals(entry.repoId())
                || named != null && !named.equals(tenant)) {
            add(Kind.LINE_EXCHANGED, line, "is receipt " + header.id() + " of " + header.repoId());
        }
    }

    private void refused(Stored line, Refusal refusal) {
        add(kind(refusal.reason()), line, refusal.reason() + ": " + refusal.detail());
    }

    private static Kind kind(RefusalReason reason) {
        return switch (reason) {
            case KID_REVOKED -> Kind.KEY_REVOKED;
            case KID_NOT_YET_VALID, KID_EXPIRED -> Kind.KEY_OUT_OF_TIME;
            case KID_SWAPPED -> Kind.KEY_SWAPPED;
            case KID_DOCUMENT_DAMAGED -> Kind.KEY_DOCUMENT;
            default -> reason.errorCode() == ErrorCode.SIGNATURE_VERIFICATION_FAILED ? Kind.SIGNATURE : Kind.LINE_REFUSED;
        };
    }

    private void add(Kind kind, Stored line, String text) {
        findings.add(kind, line.file(), line.entry().offset(),
                "line " + line.entry().sequence() + ", receipt " + line.entry().receiptId() + ", " + text);
    }
}
