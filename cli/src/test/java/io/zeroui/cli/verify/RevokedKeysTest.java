package io.zeroui.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.cli.verify.LedgerCheck.Verdict;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a tenant's trust folder say about the lines of its ledger, and what they cannot say. */
class RevokedKeysTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00Z");
    private static final int ON_MONDAY = 12;
    private static final int ON_TUESDAY = 7;

    @TempDir
    private Path folder;
    private LedgerOnDisk ledger;
    private KeyDocument plain;

    @BeforeEach
    void write() throws IOException {
        ledger = new LedgerOnDisk(folder.resolve("zu")).batch(ON_MONDAY, MONDAY).batch(ON_TUESDAY, TUESDAY);
        plain = KeyDocument.of(ledger.emitter.kid(), ledger.emitter.keys().publicKey());
        assertThat(check().isGood()).isTrue();
    }

    @Test
    void whatARevokedKeySignedSinceIsNamedAndWhatItSignedBeforeIsGood() throws IOException {
        var unused = ledger.document(plain.revoked(new Revocation(TUESDAY.plusSeconds(60), TUESDAY, "stolen")));

        assertNamed(Kind.KEY_REVOKED, ON_TUESDAY, "KID_REVOKED", "kid-1");
    }

    @Test
    void whatWasTakenInOutsideAKeysTimeIsNamed() throws IOException {
        var late = ledger.document(new KeyDocument(plain.kid(), plain.fingerprint(), TUESDAY, null, null, null, null));
        assertNamed(Kind.KEY_OUT_OF_TIME, ON_MONDAY, "KID_NOT_YET_VALID");

        var early = late.document(new KeyDocument(plain.kid(), plain.fingerprint(), null, TUESDAY.minusSeconds(3_600), null, null, null));
        assertNamed(Kind.KEY_OUT_OF_TIME, ON_TUESDAY, "KID_EXPIRED");
        assertThat(early).isSameAs(ledger);
    }

    @Test
    void aSwappedKeyIsNamedAsLongAsItsDocumentIsThere() throws IOException {
        Ed25519PublicKey other = swapKey();
        assertNamed(Kind.KEY_SWAPPED, ON_MONDAY + ON_TUESDAY, "KID_SWAPPED");

        var unused = ledger.document(KeyDocument.of(plain.kid(), other));
        assertNamed(Kind.SIGNATURE, ON_MONDAY + ON_TUESDAY, "SIGNATURE_INVALID");
        Files.delete(ledger.document());
        assertNamed(Kind.SIGNATURE, ON_MONDAY + ON_TUESDAY, "SIGNATURE_INVALID");
    }

    @Test
    void aTornDocumentIsNamed() throws IOException {
        Files.write(ledger.document(), Arrays.copyOf(Files.readAllBytes(ledger.document()), 30));

        assertNamed(Kind.KEY_DOCUMENT, ON_MONDAY + ON_TUESDAY, "KID_DOCUMENT_DAMAGED");
    }

    /** ADR 0023 says so: a revocation that is gone from the tenant's folder is gone for who has only this folder. */
    @Test
    void aRevocationThatWasTakenBackCannotBeSeenInTheFilesAlone() throws IOException {
        Instant said = TUESDAY.plusSeconds(60);
        var unused = ledger.document(plain.revoked(new Revocation(said, TUESDAY, "stolen")));
        assertThat(check().isGood()).isFalse();

        unused = ledger.document(plain.revoked(new Revocation(said, said, "stolen")));
        assertThat(check().isGood()).as("moved to a later time").isTrue();
        Files.delete(ledger.document());
        assertThat(check().isGood()).as("removed").isTrue();
    }

    private void assertNamed(Kind kind, int lines, String... words) throws IOException {
        Verdict verdict = check();
        assertThat(verdict.findings()).isEqualTo(lines);
        assertThat(verdict.first()).isNotEmpty().allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(kind));
        assertThat(verdict.first().get(0).text()).contains(words);
    }

    private Ed25519PublicKey swapKey() throws IOException {
        Ed25519PublicKey other = Ed25519.newKeyPair().publicKey();
        Files.writeString(ledger.root.tenantTrust(LedgerOnDisk.TENANT, LedgerOnDisk.REGION, plain.kid()), SpkiPem.write(other));
        return other;
    }

    private Verdict check() throws IOException {
        return TamperingTest.check(ledger, null);
    }
}
