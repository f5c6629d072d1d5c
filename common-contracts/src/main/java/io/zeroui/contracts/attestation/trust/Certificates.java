package io.zeroui.contracts.attestation.trust;

import java.io.IOException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Certificates from bytes, by Bouncy Castle: the JDK refuses the certificates of some timestamp authorities, whose subject is
 * empty.
 */
public final class Certificates {

    /** What reads them and judges their paths; not registered with the JVM. */
    public static final Provider PROVIDER = new BouncyCastleProvider();

    private Certificates() {
    }

    /**
     * The certificate of its DER form.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static X509CertificateHolder read(byte[] der) {
        try {
            return new X509CertificateHolder(der);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }

    /**
     * The certificate in the JDK's type.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    public static X509Certificate jdk(X509CertificateHolder certificate) {
        try {
            return new JcaX509CertificateConverter().setProvider(PROVIDER).getCertificate(certificate);
        } catch (CertificateException | RuntimeException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }
}
