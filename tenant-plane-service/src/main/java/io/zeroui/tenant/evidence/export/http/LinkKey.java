package io.zeroui.tenant.evidence.export.http;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.export.ExportId;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs links: HMAC-SHA256 over tenant, export, hash of the file and end of the link, each on a line of its own; none of them can
 * have a line feed. The key is HMAC-SHA256 of a text of our own under the plane's secret, so that nothing which is signed with
 * the secret itself, or with another key from it, can be used here.
 */
final class LinkKey {

    private static final String HMAC = "HmacSHA256";
    private static final String PURPOSE = "zeroui evidence export link v1";

    private final SecretKeySpec key;

    /**
     * The key of links.
     *
     * @param secret the plane's
     * @param region of the plane: another one's links are not good here
     */
    LinkKey(byte[] secret, String region) {
        this.key = new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), PURPOSE + "\n" + region), HMAC);
    }

    /** The signature of a link, 43 characters of base64url. */
    String sign(TenantId tenant, ExportId id, String sha256, long expires) {
        String text = String.join("\n", tenant.value(), id.value(), sha256, Long.toString(expires));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, text));
    }

    /** Whether a signature is this link's; takes the same time for all that are not. */
    boolean isSigned(TenantId tenant, ExportId id, String sha256, long expires, String signature) {
        return MessageDigest.isEqual(sign(tenant, id, sha256, expires).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
