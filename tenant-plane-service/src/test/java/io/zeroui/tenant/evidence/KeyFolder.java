package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** An emitter's key in a tenant's trust folder, and how the tenant's receipts stand. */
final class KeyFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TenantId tenant;
    private final SignedReceipts emitter;
    private final Path folder;

    KeyFolder(TenantId tenant, SignedReceipts emitter) {
        this.tenant = tenant;
        this.emitter = emitter;
        this.folder = new LedgerView(tenant).trust();
    }

    Path pem() {
        return ZuRoot.keyFile(folder, emitter.kid());
    }

    Path document() {
        return ZuRoot.keyDocument(folder, emitter.kid());
    }

    KeyDocument plain() {
        return KeyDocument.of(emitter.kid(), emitter.keys().publicKey());
    }

    KeyDocument read() throws IOException {
        return KeyDocumentCodec.read(emitter.kid(), Files.readAllBytes(document()));
    }

    void write(KeyDocument document) throws IOException {
        DurableFiles.replace(document(), KeyDocumentCodec.write(document));
    }

    /** Status and reason of every receipt, in the order of the ledger. */
    List<String> standing() {
        return LedgerView.column("SELECT signature_status || ' ' || signature_reason FROM app.receipts_index WHERE tenant_id = '"
                + tenant + "' ORDER BY ledger_sequence");
    }

    /** Waits until so many receipts stand like this, one after the other; arguments by turns. */
    void awaitStanding(Object... standingsAndCounts) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < standingsAndCounts.length; i += 2) {
            expected.addAll(Collections.nCopies((Integer) standingsAndCounts[i + 1], (String) standingsAndCounts[i]));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(standing()).isEqualTo(expected));
    }

    /** Waits until nothing is to be judged anew. */
    void awaitSettled() {
        await().atMost(PATIENCE).until(() -> LedgerView.column("SELECT kid FROM app.key_evaluations WHERE tenant_id = '" + tenant
                + "' AND evaluated_to < target").isEmpty());
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }
}
