package io.zeroui.runtime.policy.bundles;

import io.zeroui.runtime.security.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Signs what a bundle has: a JWS (RFC 7515) with RS256. Of the algorithms that OPA verifies it is the one with public keys whose signature of
 * the same text is always the same, so a bundle's bytes and its ETag are the same on every instance and after every restart.
 */
final class BundleSigner {

    private static final Pattern PEM = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final int BITS_LEAST = 2_048;

    private final PrivateKey key;
    private final String keyId;
    private final @Nullable String scope;

    BundleSigner(PrivateKey key, String keyId, @Nullable String scope) {
        this.key = key;
        this.keyId = keyId;
        this.scope = scope;
    }

    /**
     * The signer that is configured; empty where none is.
     *
     * @throws IllegalStateException when the file cannot be read, others can read it too, or its key is none that signs bundles
     */
    static Optional<BundleSigner> of(BundleConfig config) {
        return config.key().filter(path -> !path.toString().isBlank())
                .map(path -> new BundleSigner(read(path), config.keyId(), config.scope().filter(scope -> !scope.isBlank()).orElse(null)));
    }

    private static PrivateKey read(Path file) {
        try {
            Matcher pem = PEM.matcher(SecretFile.read(file));
            if (!pem.find()) {
                throw new IllegalStateException(file + " has no private key in PEM (PKCS #8, BEGIN PRIVATE KEY)");
            }
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
            if (!(key instanceof RSAPrivateKey rsa) || rsa.getModulus().bitLength() < BITS_LEAST) {
                throw new IllegalStateException("the key in " + file + " has less than " + BITS_LEAST + " bits");
            }
            return key;
        } catch (IOException e) {
            throw new IllegalStateException("the key of the bundles cannot be read: " + e, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("the key in " + file + " is no RSA key in PKCS #8");
        }
    }

    /** Id of the key. */
    String keyId() {
        return keyId;
    }

    /** The scope that verifiers must have; null for none. */
    @Nullable String scope() {
        return scope;
    }

    /** The compact form of the signed payload. */
    String sign(String payload) {
        JsonWebSignature signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signed.setKeyIdHeaderValue(keyId);
        signed.setHeader("typ", "JWT");
        signed.setPayload(payload);
        signed.setKey(key);
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a bundle cannot be signed", e);
        }
    }
}
