package io.zeroui.contracts.attestation.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Members;
import io.zeroui.contracts.attestation.Reason;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trust root: an object with {@code keys} ({@code kid}, {@code pem} or {@code spki} in base64, {@code scheme},
 * {@code from}, {@code until}), {@code threshold}, {@code identities} ({@code name}, {@code issuer}), {@code sigstore} (a
 * Sigstore trusted root, as its projects publish it), and {@code log} and {@code certificate_log}, each {@code required}
 * or {@code optional}.
 */
public final class TrustRootReader {

    private static final Members MEMBERS = new Members(Reason.INVALID_TRUST_ROOT);
    private static final Set<String> KNOWN = Set.of("keys", "threshold", "identities", "sigstore", "log", "certificate_log");
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,199}");
    private static final String TRUSTED_ROOT = "application/vnd.dev.sigstore.trustedroot";
    private static final int MOST = 64;

    private TrustRootReader() {
    }

    /**
     * Reads a trust root.
     *
     * @throws AttestationRefused when it has another form, a member that is not known, or a key or certificate that cannot
     *         be read: trust is not what is left after leaving out
     */
    public static TrustRoot read(byte[] document) throws AttestationRefused {
        JsonNode root = Members.document(document);
        for (var member : root.properties()) {
            if (!KNOWN.contains(member.getKey())) {
                throw MEMBERS.refused("a trust root has no member " + shorten(member.getKey()));
            }
        }
        JsonNode sigstore = Members.has(root, "sigstore") ? MEMBERS.object(root, "sigstore") : null;
        if (sigstore != null && !MEMBERS.text(sigstore, "mediaType").startsWith(TRUSTED_ROOT)) {
            throw MEMBERS.refused("sigstore is no Sigstore trusted root");
        }
        List<TrustedKey> keys = keys(root);
        long threshold = Members.has(root, "threshold") ? MEMBERS.integer(root, "threshold") : 1;
        if (threshold < 1 || threshold > Math.max(1, keys.size())) {
            throw MEMBERS.refused("threshold is from 1 to the number of keys");
        }
        return new TrustRoot(keys, (int) threshold, identities(root), authorities(sigstore, "certificateAuthorities"),
                logs(sigstore, "tlogs"), logs(sigstore, "ctlogs"), authorities(sigstore, "timestampAuthorities"),
                needed(root, "log"), needed(root, "certificate_log"));
    }

    private static List<TrustedKey> keys(JsonNode root) throws AttestationRefused {
        List<TrustedKey> keys = new ArrayList<>();
        Set<String> kids = new HashSet<>();
        for (JsonNode key : MEMBERS.array(root, "keys", MOST)) {
            String kid = MEMBERS.text(key, "kid");
            if (!KID.matcher(kid).matches() || !kids.add(kid)) {
                throw MEMBERS.refused("a key's kid is not of the form " + KID + ", or two keys have it: " + shorten(kid));
            }
            String scheme = MEMBERS.optionalText(key, "scheme");
            byte[] spki = Members.has(key, "pem") ? pem(MEMBERS.text(key, "pem")) : MEMBERS.base64(key, "spki");
            keys.add(new TrustedKey(kid, key(spki, VerifyingKey.PSS.equals(scheme), kid),
                    new Validity(MEMBERS.time(key, "from"), MEMBERS.time(key, "until"))));
        }
        return keys;
    }

    private static List<IdentityRule> identities(JsonNode root) throws AttestationRefused {
        List<IdentityRule> rules = new ArrayList<>();
        for (JsonNode rule : MEMBERS.array(root, "identities", MOST * 4)) {
            String name = MEMBERS.text(rule, "name");
            if (name.indexOf('*') >= 0 && (name.indexOf('*') < name.length() - 1 || name.length() < 9)) {
                throw MEMBERS.refused("an identity's name has a * only at its end, after 8 characters or more");
            }
            rules.add(new IdentityRule(name, MEMBERS.text(rule, "issuer")));
        }
        return rules;
    }

    private static List<TrustedLog> logs(@Nullable JsonNode sigstore, String name) throws AttestationRefused {
        List<TrustedLog> logs = new ArrayList<>();
        for (JsonNode log : sigstore == null ? List.<JsonNode> of() : MEMBERS.array(sigstore, name, MOST)) {
            String url = MEMBERS.text(log, "baseUrl");
            JsonNode key = MEMBERS.object(log, "publicKey");
            byte[] id = MEMBERS.base64(MEMBERS.object(log, "logId"), "keyId");
            if (id.length < Integer.BYTES) {
                throw MEMBERS.refused("the log's id is too short: " + shorten(url));
            }
            logs.add(new TrustedLog(url, key(MEMBERS.base64(key, "rawBytes"), false, url), id, validity(key)));
        }
        return logs;
    }

    private static List<CertificateAuthority> authorities(@Nullable JsonNode sigstore, String name) throws AttestationRefused {
        List<CertificateAuthority> authorities = new ArrayList<>();
        for (JsonNode authority : sigstore == null ? List.<JsonNode> of() : MEMBERS.array(sigstore, name, MOST)) {
            List<X509Certificate> chain = new ArrayList<>();
            for (JsonNode certificate : MEMBERS.array(MEMBERS.object(authority, "certChain"), "certificates", 10)) {
                chain.add(certificate(MEMBERS.base64(certificate, "rawBytes")));
            }
            if (chain.isEmpty()) {
                throw MEMBERS.refused("an authority has no certificate");
            }
            String url = MEMBERS.optionalText(authority, "uri");
            authorities.add(new CertificateAuthority(url == null ? "" : url, chain, validity(authority)));
        }
        return authorities;
    }

    private static Validity validity(JsonNode object) throws AttestationRefused {
        if (!Members.has(object, "validFor")) {
            return Validity.ALWAYS;
        }
        JsonNode range = MEMBERS.object(object, "validFor");
        return new Validity(MEMBERS.time(range, "start"), MEMBERS.time(range, "end"));
    }

    private static boolean needed(JsonNode root, String name) throws AttestationRefused {
        String text = MEMBERS.optionalText(root, name);
        if (text != null && !text.equals("required") && !text.equals("optional")) {
            throw MEMBERS.refused(name + " is neither required nor optional");
        }
        return !"optional".equals(text);
    }

    private static VerifyingKey key(byte[] spki, boolean pss, String name) throws AttestationRefused {
        try {
            return VerifyingKey.of(spki, pss);
        } catch (IllegalArgumentException e) {
            throw MEMBERS.refused("the key " + shorten(name) + " cannot be used: " + e.getMessage());
        }
    }

    private static X509Certificate certificate(byte[] der) throws AttestationRefused {
        try {
            return Certificates.jdk(Certificates.read(der));
        } catch (IllegalArgumentException e) {
            throw MEMBERS.refused("an authority's certificate cannot be read");
        }
    }

    /** The DER form of a public key's PEM text. */
    public static byte[] pem(String text) throws AttestationRefused {
        String begin = "-----BEGIN PUBLIC KEY-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END PUBLIC KEY-----");
        if (text.length() > 16_384 || from < 0 || to < from) {
            throw MEMBERS.refused("not the PEM text of a public key");
        }
        return Members.base64(text.substring(from + begin.length(), to).replaceAll("\\s", ""), "pem");
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
