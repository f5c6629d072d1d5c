package io.zeroui.contracts.attestation.verify;

import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Finding;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.sigstore.Bundle;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies attestations under a trust root, without a network and without a clock of its own.
 */
public final class AttestationVerifier {

    private final TrustRoot trust;

    /** @param trust whom one believes */
    public AttestationVerifier(TrustRoot trust) {
        this.trust = trust;
    }

    /**
     * Verifies a document.
     *
     * @param now the time at which keys must be trusted where nobody says when it was signed
     */
    public Verdict verify(byte[] document, Instant now) {
        try {
            return verify(Attestation.read(document), now, List.of(), null);
        } catch (AttestationRefused e) {
            return Verdict.refused(List.of(e.finding()));
        }
    }

    /**
     * Verifies a document that was read.
     *
     * @param digests that one of its subjects must have, for example {@code sha256:} and 64 hex digits; of several, one
     *        will do, as they are of the same artifact; none asks for nothing
     * @param artifact the artifact's bytes, which only a few signatures need
     */
    public Verdict verify(Attestation attestation, Instant now, List<String> digests, byte @Nullable [] artifact) {
        Verdict verdict = signatures(attestation, now, artifact);
        if (digests.isEmpty()
                || digests.stream().anyMatch(digest -> attestation.subjects().stream().anyMatch(subject -> subject.has(digest)))) {
            return verdict;
        }
        List<Finding> reasons = new ArrayList<>(verdict.reasons());
        reasons.add(new Finding(Reason.SUBJECT_MISMATCH, "no subject has the digest " + digests.get(0)));
        return Verdict.refused(reasons);
    }

    private Verdict signatures(Attestation attestation, Instant now, byte @Nullable [] artifact) {
        Bundle bundle = attestation.bundle();
        Envelope envelope = attestation.envelope();
        if (bundle != null) {
            return BundleCheck.verify(bundle, trust, now, artifact);
        }
        return envelope == null ? Verdict.refused(List.of(new Finding(Reason.UNSIGNED, "there is no signature")))
                : EnvelopeCheck.verify(envelope, trust, now);
    }
}
