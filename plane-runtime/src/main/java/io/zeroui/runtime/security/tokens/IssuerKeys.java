package io.zeroui.runtime.security.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Public keys of a token issuer from a file: a JWK set, or one PEM with an SPKI key. */
final class IssuerKeys {

    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private IssuerKeys() {
    }

    /** @throws IllegalStateException when the file has no such keys */
    static VerificationKeyResolver read(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (text.startsWith("{")) {
                return new JwksVerificationKeyResolver(new JsonWebKeySet(text).getJsonWebKeys());
            }
            PublicKey key = pem(text);
            return (signature, nesting) -> key;
        } catch (IOException | JoseException | IllegalArgumentException e) {
            throw new IllegalStateException("ZEROUI_JWT_KEYS: cannot read public keys from " + file + ": "
                    + e.getMessage(), e);
        }
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
