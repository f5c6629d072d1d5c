package io.zeroui.contracts.attestation.verify;

import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Finding;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.sigstore.Bundle;
import io.zeroui.contracts.attestation.sigstore.CertificateTimestamps;
import io.zeroui.contracts.attestation.sigstore.LogEntry;
import io.zeroui.contracts.attestation.sigstore.LogEntryCheck;
import io.zeroui.contracts.attestation.sigstore.MessageSignature;
import io.zeroui.contracts.attestation.sigstore.SignatureTimestamp;
import io.zeroui.contracts.attestation.sigstore.SignerCertificate;
import io.zeroui.contracts.attestation.trust.CertificateAuthority;
import io.zeroui.contracts.attestation.trust.IdentityRule;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.trust.TrustedKey;
import io.zeroui.contracts.attestation.trust.VerifyingKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a bundle holds. Every check that can be made is, so that the verdict has all reasons. */
final class BundleCheck {

    private final Bundle bundle;
    private final TrustRoot trust;
    private final Instant now;
    private final byte @Nullable [] artifact;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    private BundleCheck(Bundle bundle, TrustRoot trust, Instant now, byte @Nullable [] artifact) {
        this.bundle = bundle;
        this.trust = trust;
        this.now = now;
        this.artifact = artifact;
    }

    /** The verdict. The artifact is needed for message signatures with Ed25519 only. */
    static Verdict verify(Bundle bundle, TrustRoot trust, Instant now, byte @Nullable [] artifact) {
        BundleCheck check = new BundleCheck(bundle, trust, now, artifact);
        Optional<byte[]> signature = check.signature();
        if (signature.isEmpty()) {
            return Verdict.refused(check.findings);
        }
        Optional<Signer> signer = bundle.certificate() != null ? check.certificate(bundle.certificate(), signature.get())
                : check.key(signature.get());
        if (!check.findings.isEmpty() || signer.isEmpty()) {
            return Verdict.refused(check.findings);
        }
        return new Verdict(List.of(), List.of(signer.get()), check.times.stream().min(Instant::compareTo).orElse(null));
    }

    /** The one signature. */
    private Optional<byte[]> signature() {
        Envelope envelope = bundle.envelope();
        MessageSignature message = bundle.message();
        if (message != null && message.signature().length > 0) {
            return Optional.of(message.signature());
        }
        if (envelope == null || envelope.signatures().isEmpty()) {
            refuse(Reason.UNSIGNED, "the bundle has no signature");
            return Optional.empty();
        }
        if (envelope.signatures().size() > 1) {
            refuse(Reason.MORE_THAN_ONE_SIGNATURE, "the bundle's envelope has more than its one signature");
            return Optional.empty();
        }
        return Optional.of(envelope.signatures().get(0).bytes());
    }

    private Optional<Signer> key(byte[] signature) {
        String hint = bundle.keyHint();
        List<TrustedKey> candidates = hint == null || hint.isEmpty() ? trust.keys()
                : trust.keys().stream().filter(key -> key.isNamedBy(hint)).toList();
        if (candidates.isEmpty()) {
            refuse(hint == null ? Reason.NO_TRUSTED_KEY_SIGNED : Reason.UNKNOWN_KEY, "the key that the bundle names is not trusted");
            return Optional.empty();
        }
        TrustedKey key = candidates.stream().filter(candidate -> verifies(candidate.key(), signature)).findFirst()
                .orElse(null);
        if (key == null) {
            TrustedKey named = candidates.get(0);
            boolean needsArtifact = bundle.message() != null && artifact == null && !named.key().signsDigests();
            refuse(needsArtifact ? Reason.ARTIFACT_NEEDED : hint == null || hint.isEmpty() ? Reason.NO_TRUSTED_KEY_SIGNED : Reason.WRONG_SIGNATURE,
                    "no trusted key that the bundle names has made the signature over this");
            key = named;
        }
        times(signature, key.key().spki());
        TrustedKey signer = key;
        if (times.isEmpty() ? !signer.validity().covers(now) : !times.stream().allMatch(signer.validity()::covers)) {
            refuse(Reason.KEY_NOT_VALID_THEN, "the key " + signer.kid() + " was not trusted when it signed");
        }
        return Optional.of(new Signer(signer.kid(), null, null, signer.key().fingerprint().prefixed()));
    }

    private Optional<Signer> certificate(byte[] der, byte[] signature) {
        SignerCertificate certificate;
        try {
            certificate = SignerCertificate.read(der);
        } catch (AttestationRefused e) {
            findings.add(e.finding());
            return Optional.empty();
        }
        if (!verifies(certificate.key(), signature)) {
            boolean needsArtifact = bundle.message() != null && artifact == null && !certificate.key().signsDigests();
            refuse(needsArtifact ? Reason.ARTIFACT_NEEDED : Reason.WRONG_SIGNATURE, "the signature is not by the certificate's key over this");
        }
        times(signature, der);
        if (bundle.entries().isEmpty() && trust.logNeeded()) {
            refuse(Reason.LOG_ENTRY_MISSING, "the signature is in no transparency log");
        }
        time(certificate);
        identity(certificate);
        return Optional.of(new Signer(null, certificate.identity(), certificate.issuer(), certificate.key().fingerprint().prefixed()));
    }

    private void time(SignerCertificate certificate) {
        for (Instant time : times) {
            if (certificate.isAfter(time)) {
                refuse(Reason.CERTIFICATE_EXPIRED_AT_SIGNING, "the certificate had expired at " + time);
            } else if (certificate.isBefore(time)) {
                refuse(Reason.CERTIFICATE_NOT_YET_VALID_AT_SIGNING, "the certificate was not yet valid at " + time);
            }
        }
        if (times.isEmpty()) {
            refuse(Reason.NO_TRUSTED_TIME, "neither a log nor an authority that is trusted says when it was signed");
        }
        // the path is judged at a time at which the certificate itself holds: its own time was judged above
        Instant at = times.stream().filter(time -> !certificate.isAfter(time) && !certificate.isBefore(time)).findFirst()
                .orElse(certificate.notBefore());
        List<X509Certificate> issuers = new ArrayList<>();
        for (CertificateAuthority authority : trust.authorities()) {
            boolean trusted = times.isEmpty() ? authority.validity().covers(at) : times.stream().allMatch(authority.validity()::covers);
            if (trusted && authority.issued(certificate.jdk(), at)) {
                issuers.add(authority.chain().get(0));
            }
        }
        if (issuers.isEmpty()) {
            refuse(Reason.UNTRUSTED_CERTIFICATE, "no trusted authority issued the certificate");
        } else if (trust.certificateLogNeeded()) {
            attempt(() -> CertificateTimestamps.check(certificate, issuers, trust.certificateLogs()));
        }
    }

    private void identity(SignerCertificate certificate) {
        List<IdentityRule> named = trust.identities().stream().filter(rule -> rule.names(certificate.identity())).toList();
        if (named.isEmpty()) {
            refuse(Reason.WRONG_IDENTITY, "the certificate's identity is not trusted: " + certificate.identity());
        } else if (named.stream().noneMatch(rule -> rule.issuer().equals(certificate.issuer()))) {
            refuse(Reason.WRONG_ISSUER, "the identity is trusted, not from this issuer: " + certificate.issuer());
        }
    }

    /** Collects the times that logs and authorities prove. */
    private void times(byte[] signature, byte[] signer) {
        for (LogEntry entry : bundle.entries()) {
            attempt(() -> LogEntryCheck.requireAbout(entry, bundle, signer));
            attempt(() -> LogEntryCheck.check(entry, bundle.proofNeeded(), trust.logs()).ifPresent(times::add));
        }
        for (byte[] timestamp : bundle.timestamps()) {
            attempt(() -> times.add(SignatureTimestamp.check(timestamp, signature, trust.timestampAuthorities())));
        }
    }

    private boolean verifies(VerifyingKey key, byte[] signature) {
        MessageSignature message = bundle.message();
        if (message == null) {
            return key.verifies(Objects.requireNonNull(bundle.envelope()).preAuthenticationEncoding(), signature);
        }
        return artifact == null || key.signsDigests() ? key.verifiesDigest(message.hash(), message.digest(), signature)
                : key.verifies(artifact, signature);
    }

    private interface Check {
        void run() throws AttestationRefused;
    }

    private void attempt(Check check) {
        try {
            check.run();
        } catch (AttestationRefused e) {
            findings.add(e.finding());
        }
    }

    private void refuse(Reason reason, String detail) {
        findings.add(new Finding(reason, detail));
    }
}
