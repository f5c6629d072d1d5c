package io.zeroui.runtime.security.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Public keys of a token issuer from a file: a JWK set, or one PEM with an SPKI key. The issuer may exchange the file while
 * the service runs; a file that cannot be read or has no keys leaves those that were there.
 */
final class IssuerKeys implements VerificationKeyResolver {

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private final Path file;
    private volatile Keys present;
    private volatile String complaint = "";

    private record Keys(String text, VerificationKeyResolver resolver) {
    }

    private IssuerKeys(Path file, Keys present) {
        this.file = file;
        this.present = present;
    }

    /** @throws IllegalStateException when the file has no such keys */
    static IssuerKeys read(Path file) {
        try {
            return new IssuerKeys(file, parse(Files.readString(file)));
        } catch (IOException | JoseException | IllegalArgumentException e) {
            throw new IllegalStateException("ZEROUI_JWT_KEYS: cannot read public keys from " + file + ": "
                    + e.getMessage(), e);
        }
    }

    /** Takes the keys that the file has now. Blocks for the file. */
    void refresh() {
        try {
            String text = Files.readString(file);
            if (!text.equals(present.text())) {
                present = parse(text);
                LOG.infof("the token issuer's keys in %s have changed", file);
            }
            complaint = "";
        } catch (IOException | JoseException | IllegalArgumentException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(complaint)) {
                LOG.warnf("the token issuer's keys stay as they were: cannot read public keys from %s: %s", file, now);
                complaint = now;
            }
        }
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        return present.resolver().resolveKey(signature, nesting);
    }

    private static Keys parse(String file) throws JoseException {
        String text = file.strip();
        if (text.startsWith("{")) {
            return new Keys(file, new JwksVerificationKeyResolver(new JsonWebKeySet(text).getJsonWebKeys()));
        }
        PublicKey key = pem(text);
        return new Keys(file, (signature, nesting) -> key);
    }

    private static PublicKey pem(String text) {
        byte[] encoded = Base64.getMimeDecoder()
                .decode(text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", ""));
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                // not of this kind; the next one may be
            }
        }
        throw new IllegalArgumentException("it is neither a JWK set nor a PEM with a public key of " + KINDS);
    }
}
