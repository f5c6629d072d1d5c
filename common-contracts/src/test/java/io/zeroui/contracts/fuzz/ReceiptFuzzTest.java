package io.zeroui.contracts.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.TrustStore;
import java.time.Instant;

class ReceiptFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final ReceiptInspector INSPECTOR = ReceiptInspector.withDefaults();
    private static final Ed25519PublicKey KEY = Ed25519PrivateKey.ofSeed(new byte[Ed25519PrivateKey.SEED_LENGTH]).publicKey();

    /** Knows every key id, so that signatures are looked at. */
    private static final TrustStore TRUST = kid -> KEY;

    @FuzzTest(maxDuration = "1m")
    void aLineIsAReceiptOrRefused(byte[] line) {
        Inspection inspection = INSPECTOR.inspect(line, TRUST, NOW);
        if (inspection instanceof Inspection.Accepted accepted) {
            assertThat(accepted.line().hash()).isEqualTo(Hash.of(line));
        } else {
            assertThat(((Inspection.Refused) inspection).refusal().detail()).isNotBlank();
        }
    }
}
