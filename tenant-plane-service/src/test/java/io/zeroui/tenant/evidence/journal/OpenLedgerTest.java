package io.zeroui.tenant.evidence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.signature.KeyObjection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OpenLedgerTest {

    private static final Instant LAST = Instant.parse("2026-11-21T12:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-21");

    private final OpenLedger ledger = new OpenLedger(TenantId.of("acme"), 7, DAY, LAST);

    @Test
    void theLedgersTimeGoesOnWithTheClockAndNeverBack() {
        assertThat(ledger.timeFor(LAST.plusMillis(1))).isEqualTo(LAST.plusMillis(1));
        assertThat(ledger.timeFor(LAST.minus(Duration.ofDays(400)))).isEqualTo(LAST);
        assertThat(ledger.dayFor(DAY.minusDays(400))).isEqualTo(DAY);
    }

    @Test
    void aClockThatWasSetBackDoesNotMakeARevokedKeyGood() {
        Ed25519PublicKey key = Ed25519.newKeyPair().publicKey();
        KeyDocument document = KeyDocument.of(Kid.of("kid"), key).revoked(new Revocation(LAST, LAST.minusSeconds(60), "stolen"));
        Instant setBack = LAST.minus(Duration.ofDays(30));

        assertThat(document.objection(key, setBack)).isNull();
        assertThat(document.objection(key, ledger.timeFor(setBack))).isEqualTo(KeyObjection.REVOKED);
    }
}
