package io.zeroui.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** An issuer of JSON Web Tokens for tests, with a new RSA key. */
final class WebTokens {

    static final String ISSUER = "https://issuer.test";

    private final KeyPair keys;

    WebTokens() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as a PEM file has it. */
    String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** A token with these permissions that ends in an hour. */
    String token(String subject, String scope) {
        String body = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64("""
                {"iss":"%s","aud":"zeroui","sub":"%s","scope":"%s","exp":%d}
                """.formatted(ISSUER, subject, scope, Instant.now().plusSeconds(3600).getEpochSecond()).strip());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(body.getBytes(StandardCharsets.US_ASCII));
            return body + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
