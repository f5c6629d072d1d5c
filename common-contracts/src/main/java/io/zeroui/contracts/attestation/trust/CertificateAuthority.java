package io.zeroui.contracts.attestation.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who issues certificates, for signers or for timestamps.
 *
 * @param url which it is, in words
 * @param chain from the certificate that issues, or for timestamps that signs, to the root; at least one
 * @param validity when it is believed
 */
public record CertificateAuthority(String url, List<X509Certificate> chain, Validity validity) {

    public CertificateAuthority {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an authority has at least one certificate");
        }
    }

    /** Whether a path leads from the certificate over the chain to its root, all valid at that time (RFC 5280 §6). */
    public boolean issued(X509Certificate leaf, Instant at) {
        X509Certificate root = chain.get(chain.size() - 1);
        List<Certificate> path = new ArrayList<>();
        path.add(leaf);
        for (X509Certificate certificate : chain) {
            if (!certificate.equals(root) && !certificate.equals(leaf)) {
                path.add(certificate);
            }
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.addCertPathChecker(new Purpose());
            root.checkValidity(Date.from(at));
            CertPath certPath = CertificateFactory.getInstance("X.509", Certificates.PROVIDER).generateCertPath(path);
            return CertPathValidator.getInstance("PKIX", Certificates.PROVIDER).validate(certPath, parameters) != null;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** What a certificate is for is asked elsewhere; the path's validator only has to know that it may be critical. */
    private static final class Purpose extends PKIXCertPathChecker {

        private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

        @Override
        public void init(boolean forward) {
            // has no state
        }

        @Override
        public boolean isForwardCheckingSupported() {
            return true;
        }

        @Override
        public Set<String> getSupportedExtensions() {
            return Set.of(EXTENDED_KEY_USAGE);
        }

        @Override
        public void check(Certificate certificate, @Nullable Collection<String> unresolvedCriticalExtensions) {
            if (unresolvedCriticalExtensions != null) {
                unresolvedCriticalExtensions.remove(EXTENDED_KEY_USAGE);
            }
        }
    }
}
