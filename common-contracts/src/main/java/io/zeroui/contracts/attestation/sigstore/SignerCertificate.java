package io.zeroui.contracts.attestation.sigstore;

import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.trust.Certificates;
import io.zeroui.contracts.attestation.trust.VerifyingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate that says who signed, in the profile of Fulcio
 * (https://github.com/sigstore/fulcio/blob/main/docs/certificate-specification.md).
 *
 * @param encoded the certificate
 * @param jdk the same in the JDK's type
 * @param key that it certifies
 * @param identity its one subject alternative name
 * @param issuer the URL of who identified the signer; empty when the certificate does not say
 * @param notBefore from when it is valid
 * @param notAfter until when it is valid, included
 */
public record SignerCertificate(X509CertificateHolder encoded, X509Certificate jdk, VerifyingKey key, String identity,
        String issuer, Instant notBefore, Instant notAfter) {

    private static final ASN1ObjectIdentifier ISSUER_TEXT = new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.1");
    private static final ASN1ObjectIdentifier ISSUER = new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8");
    private static final ASN1ObjectIdentifier OTHER_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.7");

    /**
     * Reads a certificate. Nothing is verified.
     *
     * @throws AttestationRefused as an unfit certificate, when it is not for signing code or does not name one identity
     */
    public static SignerCertificate read(byte[] der) throws AttestationRefused {
        try {
            X509CertificateHolder encoded = Certificates.read(der);
            requireForCode(encoded);
            VerifyingKey key = VerifyingKey.of(encoded.getSubjectPublicKeyInfo().getEncoded(), false);
            return new SignerCertificate(encoded, Certificates.jdk(encoded), key, identity(encoded), issuer(encoded),
                    encoded.getNotBefore().toInstant(), encoded.getNotAfter().toInstant());
        } catch (IOException | RuntimeException e) {
            throw unfit("the certificate cannot be read");
        }
    }

    /** Whether the time is before the certificate's time. */
    public boolean isBefore(Instant time) {
        return time.isBefore(notBefore);
    }

    /** Whether the time is after the certificate's time. */
    public boolean isAfter(Instant time) {
        return time.isAfter(notAfter);
    }

    private static void requireForCode(X509CertificateHolder certificate) throws AttestationRefused {
        ExtendedKeyUsage usage = certificate.getExtensions() == null ? null
                : ExtendedKeyUsage.fromExtensions(certificate.getExtensions());
        if (usage == null || !usage.hasKeyPurposeId(KeyPurposeId.id_kp_codeSigning)) {
            throw unfit("the certificate is not for signing code");
        }
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        if (constraints != null && constraints.isCA()) {
            throw unfit("the certificate is an authority's");
        }
    }

    private static String identity(X509CertificateHolder certificate) throws AttestationRefused {
        GeneralNames names = GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
        if (names == null || names.getNames().length != 1) {
            throw unfit("the certificate does not have one subject alternative name");
        }
        GeneralName name = names.getNames()[0];
        return switch (name.getTagNo()) {
            case GeneralName.rfc822Name, GeneralName.uniformResourceIdentifier -> text(name.getName().toASN1Primitive());
            case GeneralName.otherName -> otherName(OtherName.getInstance(name.getName()));
            default -> throw unfit("the certificate's subject alternative name is of a kind that is not known here");
        };
    }

    private static String otherName(OtherName name) throws AttestationRefused {
        if (!name.getTypeID().equals(OTHER_NAME)) {
            throw unfit("the certificate's other name is of a type that is not known here");
        }
        return text(name.getValue().toASN1Primitive());
    }

    private static String issuer(X509CertificateHolder certificate) throws IOException, AttestationRefused {
        Extension encoded = certificate.getExtension(ISSUER);
        if (encoded != null) {
            return text(ASN1Primitive.fromByteArray(encoded.getExtnValue().getOctets()));
        }
        Extension plain = certificate.getExtension(ISSUER_TEXT);
        return plain == null ? "" : text(new DERUTF8String(new String(plain.getExtnValue().getOctets(), StandardCharsets.UTF_8)));
    }

    private static String text(ASN1Primitive value) throws AttestationRefused {
        String text = value instanceof ASN1String string ? string.getString() : "";
        if (!text.isEmpty() && text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
            return text;
        }
        throw unfit("a name in the certificate is no text");
    }

    private static AttestationRefused unfit(String detail) {
        return new AttestationRefused(Reason.UNFIT_CERTIFICATE, detail);
    }
}
