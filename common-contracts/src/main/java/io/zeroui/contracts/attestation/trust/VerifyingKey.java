package io.zeroui.contracts.attestation.trust;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.CorrettoProvider;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.Prehash;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.jspecify.annotations.Nullable;

/**
 * A public key of Ed25519, ECDSA (P-256, P-384, P-521) or RSA (2,048 to 8,192 bits), prepared once. ECDSA hashes with
 * SHA-256, SHA-384 and SHA-512 by its curve, RSA with SHA-256 and the padding of PKCS #1 v1.5, or PSS where told so.
 */
public final class VerifyingKey {

    /** The scheme of RSA keys that sign with PSS. */
    public static final String PSS = "rsassa-pss-sha256";

    private static final Optional<Provider> FAST = CorrettoProvider.find();
    private static final PSSParameterSpec PSS_SHA256 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private final byte[] spki;
    private final String algorithm;
    private final @Nullable Ed25519PublicKey ed25519;
    private final @Nullable PublicKey key;

    private VerifyingKey(byte[] spki, String algorithm, @Nullable Ed25519PublicKey ed25519, @Nullable PublicKey key) {
        this.spki = spki;
        this.algorithm = algorithm;
        this.ed25519 = ed25519;
        this.key = key;
    }

    /**
     * The key of a SubjectPublicKeyInfo in DER.
     *
     * @param pss whether an RSA key signs with PSS
     * @throws IllegalArgumentException when it is none of these kinds
     */
    public static VerifyingKey of(byte[] spki, boolean pss) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(spki);
        ASN1ObjectIdentifier kind = info.getAlgorithm().getAlgorithm();
        byte[] der = spki.clone();
        if (kind.equals(EdECObjectIdentifiers.id_Ed25519)) {
            Ed25519PublicKey raw = Ed25519PublicKey.ofRaw(info.getPublicKeyData().getOctets());
            return new VerifyingKey(der, "Ed25519", raw, null);
        }
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            PublicKey key = key("EC", der);
            int bits = key instanceof ECPublicKey ec ? ec.getParams().getOrder().bitLength() : 0;
            return new VerifyingKey(der, switch (bits) {
                case 256 -> "SHA256withECDSA";
                case 384 -> "SHA384withECDSA";
                case 521 -> "SHA512withECDSA";
                default -> throw new IllegalArgumentException("a curve of " + bits + " bits is not known here");
            }, null, key);
        }
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            PublicKey key = key("RSA", der);
            int bits = key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
            if (bits < 2_048 || bits > 8_192) {
                throw new IllegalArgumentException("an RSA key has 2048 to 8192 bits, not " + bits);
            }
            return new VerifyingKey(der, pss ? "RSASSA-PSS" : "SHA256withRSA", null, key);
        }
        throw new IllegalArgumentException("neither an Ed25519 nor an ECDSA nor an RSA key: " + kind);
    }

    /** The SubjectPublicKeyInfo in DER. */
    public byte[] spki() {
        return spki.clone();
    }

    /** The SHA-256 of the SubjectPublicKeyInfo: which key it is, whatever it is called. */
    public Hash fingerprint() {
        return Hash.of(spki);
    }

    /** The name of its algorithm as the JDK has it. */
    public String algorithm() {
        return algorithm;
    }

    /** Whether the signature is the key's over the message. False for a signature of the wrong form. */
    public boolean verifies(byte[] message, byte[] signature) {
        if (ed25519 != null) {
            return Ed25519.verify(ed25519, message, signature);
        }
        return check(algorithm, message, signature);
    }

    /** Whether {@link #verifiesDigest} can be asked: Ed25519 and PSS sign the message itself. */
    public boolean signsDigests() {
        return ed25519 == null && !algorithm.equals("RSASSA-PSS");
    }

    /**
     * Whether the signature is the key's over a message with this digest.
     *
     * @param hash {@code SHA2_256}, {@code SHA2_384} or {@code SHA2_512}
     */
    public boolean verifiesDigest(String hash, byte[] digest, byte[] signature) {
        if (!signsDigests() || digest.length != bytesOf(hash)) {
            return false;
        }
        return key instanceof RSAPublicKey rsa ? checkRsa(rsa, digest, signature) : check("NONEwithECDSA", digest, signature);
    }

    private boolean check(String name, byte[] message, byte[] signature) {
        try {
            Signature verifier = verifier(name);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot verify " + name, e);
        }
    }

    private static Signature verifier(String name) throws GeneralSecurityException {
        if (name.equals("RSASSA-PSS")) {
            Signature verifier = Signature.getInstance(name);
            verifier.setParameter(PSS_SHA256);
            return verifier;
        }
        return FAST.isPresent() ? Signature.getInstance(name, FAST.get()) : Signature.getInstance(name);
    }

    private static boolean checkRsa(RSAPublicKey rsa, byte[] digest, byte[] signature) {
        RSADigestSigner signer = new RSADigestSigner(
                Prehash.forDigest(digest.length == 32 ? new SHA256Digest() : new SHA512Digest()));
        try {
            signer.init(false, new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()));
            signer.update(digest, 0, digest.length);
            return digest.length != 48 && signer.verifySignature(signature);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static int bytesOf(String hash) {
        return switch (hash) {
            case "SHA2_256" -> 32;
            case "SHA2_384" -> 48;
            case "SHA2_512" -> 64;
            default -> -1;
        };
    }

    private static PublicKey key(String kind, byte[] spki) {
        try {
            KeyFactory factory = FAST.isPresent() ? KeyFactory.getInstance(kind, FAST.get()) : KeyFactory.getInstance(kind);
            return factory.generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no public key of kind " + kind, e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyingKey that && Arrays.equals(spki, that.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }
}
