package io.zeroui.contracts.attestation.sigstore;

import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.trust.CertificateAuthority;
import io.zeroui.contracts.attestation.trust.Certificates;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** When a timestamp authority saw a signature (RFC 3161). */
public final class SignatureTimestamp {

    private static final int EMBEDDED_MOST = 10;

    private SignatureTimestamp() {
    }

    /**
     * The time that a timestamp proves.
     *
     * @param response in DER
     * @param signature over whose bytes it must be
     * @throws AttestationRefused when it is malformed, over other bytes, or by no trusted authority
     */
    public static Instant check(byte[] response, byte[] signature, List<CertificateAuthority> authorities)
            throws AttestationRefused {
        TimeStampToken token = token(response);
        requireOver(token, signature);
        Instant time = token.getTimeStampInfo().getGenTime().toInstant();
        boolean named = false;
        for (CertificateAuthority authority : authorities) {
            for (X509CertificateHolder signer : signers(token, authority)) {
                named = true;
                if (authority.validity().covers(time) && signed(token, signer)
                        && authority.issued(Certificates.jdk(signer), time)) {
                    return time;
                }
            }
        }
        throw named ? wrong("the timestamp is not by the authority that it names, or not of its time")
                : new AttestationRefused(Reason.TIMESTAMP_UNKNOWN_AUTHORITY, "no trusted authority made the timestamp");
    }

    private static TimeStampToken token(byte[] response) throws AttestationRefused {
        try {
            TimeStampToken token = new TimeStampResponse(response).getTimeStampToken();
            if (token != null) {
                return token;
            }
        } catch (TSPException | IOException | RuntimeException e) {
            throw wrong("the timestamp cannot be read");
        }
        throw wrong("the timestamp's authority has refused to give one");
    }

    private static void requireOver(TimeStampToken token, byte[] signature) throws AttestationRefused {
        String hash = switch (token.getTimeStampInfo().getMessageImprintAlgOID().getId()) {
            case "2.16.840.1.101.3.4.2.1" -> "SHA-256";
            case "2.16.840.1.101.3.4.2.2" -> "SHA-384";
            case "2.16.840.1.101.3.4.2.3" -> "SHA-512";
            default -> throw wrong("the timestamp's hash is not known here");
        };
        try {
            byte[] digest = MessageDigest.getInstance(hash).digest(signature);
            if (!MessageDigest.isEqual(digest, token.getTimeStampInfo().getMessageImprintDigest())) {
                throw wrong("the timestamp is over other bytes than the signature");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + hash, e);
        }
    }

    /** The authority's own certificates that the timestamp names; where it keeps none for signing, those in the token. */
    private static List<X509CertificateHolder> signers(TimeStampToken token, CertificateAuthority authority)
            throws AttestationRefused {
        List<X509CertificateHolder> found = new ArrayList<>();
        try {
            for (var certificate : authority.chain()) {
                add(found, token, new JcaX509CertificateHolder(certificate));
            }
            Collection<X509CertificateHolder> embedded = token.getCertificates().getMatches(null);
            if (found.isEmpty() && embedded.size() <= EMBEDDED_MOST) {
                String issuer = authority.chain().get(0).getSubjectX500Principal().getName();
                for (X509CertificateHolder certificate : embedded) {
                    if (Certificates.jdk(certificate).getIssuerX500Principal().getName().equals(issuer)) {
                        add(found, token, certificate);
                    }
                }
            }
            return found;
        } catch (CertificateEncodingException | RuntimeException e) {
            throw wrong("the timestamp's certificates cannot be read");
        }
    }

    private static void add(List<X509CertificateHolder> found, TimeStampToken token, X509CertificateHolder certificate) {
        ExtendedKeyUsage usage = certificate.getExtensions() == null ? null
                : ExtendedKeyUsage.fromExtensions(certificate.getExtensions());
        boolean forTime = usage != null && usage.hasKeyPurposeId(KeyPurposeId.id_kp_timeStamping);
        if (forTime && token.getSID().match(certificate)) {
            found.add(certificate);
        }
    }

    private static boolean signed(TimeStampToken token, X509CertificateHolder signer) {
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider(Certificates.PROVIDER).build(signer));
            return true;
        } catch (TSPException | OperatorCreationException | CertificateException | RuntimeException e) {
            return false;
        }
    }

    private static AttestationRefused wrong(String detail) {
        return new AttestationRefused(Reason.TIMESTAMP_WRONG, detail);
    }
}
