package io.zeroui.contracts.attestation.verify;

import io.zeroui.contracts.attestation.Finding;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.dsse.EnvelopeSignature;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.trust.TrustedKey;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether enough different trusted keys have signed an envelope. Signatures of others do no harm; the same key counts once,
 * however often it has signed and by whatever names it is known.
 */
final class EnvelopeCheck {

    private final byte[] signed;
    private final TrustRoot trust;
    private final Instant now;
    private final Map<Hash, Signer> signers = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private EnvelopeCheck(Envelope envelope, TrustRoot trust, Instant now) {
        this.signed = envelope.preAuthenticationEncoding();
        this.trust = trust;
        this.now = now;
    }

    /** The verdict; since nobody says when it was signed, keys must be trusted now. */
    static Verdict verify(Envelope envelope, TrustRoot trust, Instant now) {
        if (envelope.signatures().isEmpty()) {
            return Verdict.refused(List.of(new Finding(Reason.UNSIGNED, "the envelope has no signature")));
        }
        EnvelopeCheck check = new EnvelopeCheck(envelope, trust, now);
        envelope.signatures().forEach(check::signature);
        int found = check.signers.size();
        if (found >= trust.threshold()) {
            return new Verdict(List.of(), List.copyOf(check.signers.values()), null);
        }
        if (found > 0 || trust.threshold() > 1) {
            check.findings.add(new Finding(Reason.THRESHOLD_NOT_REACHED, envelope.signatures().size() + " signatures, by "
                    + found + " different trusted keys; " + trust.threshold() + " are needed"));
        }
        return Verdict.refused(check.findings);
    }

    private void signature(EnvelopeSignature signature) {
        List<TrustedKey> named = signature.keyId().isEmpty() ? List.of()
                : trust.keys().stream().filter(key -> key.isNamedBy(signature.keyId())).toList();
        for (TrustedKey key : named.isEmpty() ? trust.keys() : named) {
            if (key.key().verifies(signed, signature.bytes())) {
                verified(key);
                return;
            }
        }
        findings.add(unverified(signature, !named.isEmpty()));
    }

    private void verified(TrustedKey key) {
        if (key.validity().covers(now)) {
            Hash fingerprint = key.key().fingerprint();
            signers.putIfAbsent(fingerprint, new Signer(key.kid(), null, null, fingerprint.prefixed()));
        } else {
            findings.add(new Finding(Reason.KEY_NOT_VALID_THEN, "the key " + key.kid() + " is not trusted at " + now));
        }
    }

    private static Finding unverified(EnvelopeSignature signature, boolean named) {
        if (named) {
            return new Finding(Reason.WRONG_SIGNATURE, "the signature that names a trusted key is not by it over this");
        }
        return signature.keyId().isEmpty()
                ? new Finding(Reason.NO_TRUSTED_KEY_SIGNED, "the signature names no key, and no trusted key made it")
                : new Finding(Reason.UNKNOWN_KEY, "the signature is by a key that is not trusted");
    }
}
