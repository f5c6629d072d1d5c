package io.zeroui.contracts.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.dsse.Provenance;
import io.zeroui.contracts.attestation.dsse.Statement;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.verify.Attestation;
import io.zeroui.contracts.attestation.verify.AttestationVerifier;
import io.zeroui.contracts.attestation.verify.Verdict;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attestations that others have made and published are read and verified. */
class PublishedAttestationsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {Samples.PROVENANCE_V0_2, Samples.PROVENANCE_V1, Samples.MAVEN_2024 + ".sigstore.json",
            Samples.MAVEN_2025 + ".sigstore.json"})
    void releasesOfWorkflowsAreVerified(String name) {
        Verdict verdict = verify(name, Samples.publicGood());

        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.isVerified()).isTrue();
        assertThat(verdict.signers()).singleElement().satisfies(signer -> {
            assertThat(signer.identity()).startsWith("https://github.com/sigstore/");
            assertThat(signer.issuer()).isEqualTo("https://token.actions.githubusercontent.com");
        });
        assertThat(verdict.signedAt()).isBefore(NOW);
    }

    @Test
    void anEnvelopeByTheKeyOfARegistryIsVerifiedAndItsPredicateIsKept() throws AttestationRefused {
        Verdict verdict = verify(Samples.PUBLISH, Samples.publicGood());
        Statement statement = Objects.requireNonNull(Attestation.read(Samples.bytes(Samples.PUBLISH)).statement());

        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.signers().get(0).kid()).isEqualTo("SHA256:jl3bwswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA");
        assertThat(verdict.signedAt()).isEqualTo("2023-04-18T17:45:16Z");
        assertThat(statement.predicateType()).isEqualTo("https://github.com/npm/attestation/tree/main/specs/publish/v0.1");
        assertThat(statement.predicate().path("version").asText()).isEqualTo("1.3.0");
        assertThat(statement.provenance()).isEmpty();
    }

    @Test
    void aSignatureWithATimestampOfAnAuthorityIsVerified() {
        Verdict verdict = verify(Samples.WITH_TIMESTAMP, Samples.timestamping());

        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.signedAt()).isEqualTo("2026-06-04T17:43:29Z");
    }

    @Test
    void anIdentityInAnotherNameIsRead() {
        ObjectNode root = Samples.json("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        root.set("sigstore", Samples.json("scaffolding.json"));
        root.putArray("identities").add(Samples.identity("foo!oidc.local", "http://oidc.local:8080"));

        assertThat(verify("othername.sigstore.json", root).reasons()).isEmpty();
    }

    @Test
    void theFirstPublishedBundleIsRefusedForItsIdentityAlone() {
        assertThat(verify("dsse.sigstore.json", Samples.publicGood()).reasons()).extracting(Finding::reason)
                .containsExactly(Reason.WRONG_IDENTITY);
    }

    @Test
    void provenanceOfBothVersionsSaysWhoBuiltFromWhat() throws AttestationRefused {
        Provenance first = provenance(Samples.PROVENANCE_V0_2);
        Provenance second = provenance(Samples.PROVENANCE_V1);

        assertThat(first.builder()).startsWith("https://github.com/actions/runner");
        assertThat(first.source()).isEqualTo("git+https://github.com/sigstore/sigstore-js@refs/heads/main");
        assertThat(first.materials()).isEqualTo(1);
        assertThat(second.builder()).isEqualTo("https://github.com/actions/runner/github-hosted");
        assertThat(second.source()).isEqualTo("https://github.com/sigstore/sigstore-js");
        assertThat(second.buildType()).isEqualTo("https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1");
    }

    @Test
    void aMessageSignatureIsAboutItsArtifactAndNoOther() throws AttestationRefused {
        Attestation attestation = Attestation.read(Samples.bytes(Samples.MAVEN_2025 + ".sigstore.json"));
        AttestationVerifier verifier = new AttestationVerifier(Samples.trust(Samples.publicGood()));
        String own = Hash.of(Samples.bytes(Samples.MAVEN_2025)).prefixed();
        String other = Hash.of(Samples.bytes(Samples.MAVEN_2024)).prefixed();

        assertThat(verifier.verify(attestation, NOW, List.of(own), null).isVerified()).isTrue();
        assertThat(verifier.verify(attestation, NOW, List.of(other), null).reasons()).extracting(Finding::reason)
                .containsExactly(Reason.SUBJECT_MISMATCH);
    }

    @Test
    void underNobodysTrustNothingIsVerified() {
        assertThat(List.of(Samples.PROVENANCE_V0_2, Samples.PUBLISH, Samples.WITH_TIMESTAMP)).allSatisfy(name -> assertThat(
                new AttestationVerifier(TrustRoot.NOBODY).verify(Samples.bytes(name), NOW).isVerified()).isFalse());
        assertThat(new AttestationVerifier(TrustRoot.NOBODY).verify(Samples.bytes(Samples.PUBLISH), NOW).has(Reason.UNKNOWN_KEY))
                .isTrue();
    }

    private static Provenance provenance(String name) throws AttestationRefused {
        return Objects.requireNonNull(Attestation.read(Samples.bytes(name)).statement()).provenance().orElseThrow();
    }

    private static Verdict verify(String name, ObjectNode root) {
        return new AttestationVerifier(Samples.trust(root)).verify(Samples.bytes(name), NOW);
    }
}
