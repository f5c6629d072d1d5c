package io.zeroui.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.contracts.signature.TrustStore;

class SignedReceiptsTest {

    private final SignedReceipts emitter = SignedReceipts.withNewKey("test-key");
    private final TrustStore trust = kid -> kid.equals(emitter.kid()) ? emitter.keys().publicKey() : null;

    private Inspection inspect(byte[] line) {
        return ReceiptInspector.withDefaults().inspect(line, trust, Instant.now());
    }

    @Test
    void bothKindsAreReceiptsThatAnEdgeAccepts() {
        assertThat(inspect(emitter.decision("some-repo"))).isInstanceOf(Inspection.Accepted.class);
        assertThat(inspect(emitter.feedback("some-repo", "fb-1", SignedReceipts.newId())))
                .isInstanceOf(Inspection.Accepted.class);
        assertThat(emitter.decision("some-repo")).hasSizeBetween(600, 1200);
    }

    @Test
    void aBrokenSignatureIsTheOnlyThingThatIsWrong() {
        Inspection inspection = inspect(SignedReceipts.withBrokenSignature(emitter.decision("some-repo")));
        assertThat(inspection).isInstanceOfSatisfying(Inspection.Refused.class,
                refused -> assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.SIGNATURE_INVALID));
    }

    @Test
    void theTrustFolderGetsThePublicKeyAndNothingElse() throws IOException {
        try (TempZuRoot fabric = TempZuRoot.create()) {
            emitter.trustedBy(fabric.path());
            String pem = Files.readString(fabric.zuRoot().ideTrust(emitter.kid()));
            assertThat(SpkiPem.read(pem)).isEqualTo(emitter.keys().publicKey());
            assertThat(pem).doesNotContain("PRIVATE");
        }
    }
}
