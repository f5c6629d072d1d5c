package io.zeroui.contracts.attestation.sigstore;

import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.trust.TrustedLog;
import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;

/**
 * The timestamps with which certificate logs promise that they have a certificate (RFC 6962 §3.2 and §3.3), embedded in it.
 * At least one of a trusted log must hold.
 */
public final class CertificateTimestamps {

    private static final ASN1ObjectIdentifier EXTENSION = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");
    private static final int EXTENSIONS_TAG = 3;
    private static final int TIMESTAMPS_MOST = 16;
    private static final byte SHA_256 = 4;

    private CertificateTimestamps() {
    }

    /**
     * Checks the timestamps.
     *
     * @param issuers the certificates of which one issued it
     * @throws AttestationRefused when there is none, none is of a trusted log, or one of a trusted log is not by it
     */
    public static void check(SignerCertificate certificate, List<X509Certificate> issuers, List<TrustedLog> logs)
            throws AttestationRefused {
        Extension extension = certificate.encoded().getExtension(EXTENSION);
        if (extension == null) {
            throw new AttestationRefused(Reason.SCT_MISSING, "the certificate has no timestamp of a certificate log");
        }
        try {
            ByteBuffer list = ByteBuffer
                    .wrap(ASN1OctetString.getInstance(extension.getExtnValue().getOctets()).getOctets());
            byte[] body = withoutTimestamps(certificate);
            int left = Short.toUnsignedInt(list.getShort()) == list.remaining() ? TIMESTAMPS_MOST : 0;
            boolean known = false;
            while (list.hasRemaining() && left-- > 0) {
                known |= isOfKnownLog(slice(list, Short.toUnsignedInt(list.getShort())), body, issuers, logs);
            }
            if (list.hasRemaining()) {
                throw wrong("the list of timestamps is too long or has another length than it says");
            }
            if (!known) {
                throw new AttestationRefused(Reason.SCT_UNKNOWN_LOG, "the certificate's timestamp is of no trusted log");
            }
        } catch (IOException | RuntimeException e) {
            throw wrong("the certificate's timestamps cannot be read");
        }
    }

    private static boolean isOfKnownLog(ByteBuffer timestamp, byte[] body, List<X509Certificate> issuers,
            List<TrustedLog> logs) throws AttestationRefused {
        byte version = timestamp.get();
        byte[] logId = bytes(timestamp, Hash.LENGTH);
        long millis = timestamp.getLong();
        byte[] extensions = bytes(timestamp, Short.toUnsignedInt(timestamp.getShort()));
        byte hash = timestamp.get();
        byte unusedSignatureAlgorithm = timestamp.get();
        byte[] signature = bytes(timestamp, Short.toUnsignedInt(timestamp.getShort()));
        List<TrustedLog> named = logs.stream().filter(log -> log.isNamedBy(logId)).toList();
        if (named.isEmpty()) {
            return false;
        }
        if (version != 0 || hash != SHA_256 || timestamp.hasRemaining() || millis < 0) {
            throw wrong("the certificate's timestamp has a form that is not known here");
        }
        Instant time = Instant.ofEpochMilli(millis);
        for (TrustedLog log : named) {
            for (X509Certificate issuer : issuers) {
                byte[] signed = signed(millis, issuer, body, extensions);
                if (log.validity().covers(time) && log.key().verifies(signed, signature)) {
                    return true;
                }
            }
        }
        throw wrong("the certificate's timestamp is not by its log, or not of the time when that was trusted");
    }

    private static byte[] signed(long millis, X509Certificate issuer, byte[] body, byte[] extensions) {
        byte[] issuerKeyHash = Hash.of(issuer.getPublicKey().getEncoded()).bytes();
        return ByteBuffer.allocate(2 + Long.BYTES + 2 + Hash.LENGTH + 3 + body.length + 2 + extensions.length)
                .put((byte) 0).put((byte) 0).putLong(millis).putShort((short) 1).put(issuerKeyHash)
                .put((byte) (body.length >>> 16)).putShort((short) body.length).put(body)
                .putShort((short) extensions.length).put(extensions).array();
    }

    /** The signed part of the certificate as it was when the log saw it. */
    private static byte[] withoutTimestamps(SignerCertificate certificate) throws IOException {
        ASN1EncodableVector body = new ASN1EncodableVector();
        for (ASN1Encodable part : ASN1Sequence
                .getInstance(certificate.encoded().toASN1Structure().getTBSCertificate().toASN1Primitive())) {
            boolean extensions = part.toASN1Primitive() instanceof ASN1TaggedObject tagged && tagged.getTagNo() == EXTENSIONS_TAG;
            body.add(extensions ? withoutTimestamps(ASN1TaggedObject.getInstance(part)) : part);
        }
        return new DERSequence(body).getEncoded(ASN1Encoding.DER);
    }

    private static ASN1Primitive withoutTimestamps(ASN1TaggedObject extensions) {
        ASN1EncodableVector kept = new ASN1EncodableVector();
        for (ASN1Encodable extension : ASN1Sequence.getInstance(extensions, true)) {
            if (!ASN1Sequence.getInstance(extension).getObjectAt(0).equals(EXTENSION)) {
                kept.add(extension);
            }
        }
        return new DERTaggedObject(true, EXTENSIONS_TAG, new DERSequence(kept));
    }

    private static ByteBuffer slice(ByteBuffer from, int length) {
        return ByteBuffer.wrap(bytes(from, length));
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static AttestationRefused wrong(String detail) {
        return new AttestationRefused(Reason.SCT_WRONG, detail);
    }
}
