package io.zeroui.contracts.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key, {@code zu_{plane}_{key id}_{secret}_{checksum}}. The key id is public and may stand in logs; the secret is 32
 * random bytes in letters and digits. The checksum, the first 8 hexadecimal digits of SHA-256 over all before its underscore,
 * lets scanners and forms recognise a key, or a typing mistake in one, without asking anybody; it protects nothing.
 */
public final class ApiKey {

    /** What every API key begins with. */
    public static final String PREFIX = "zu_";

    /** The longest text that may be a key, in characters. */
    public static final int MAX_LENGTH = 160;

    private static final Pattern FORM = Pattern
            .compile("zu_([a-z]{3,8})_([0-9A-Za-z]{12,32})_([0-9A-Za-z]{43,64})_([0-9a-f]{8})");
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 16;
    /** 44 characters of 62 carry more than 256 bits. */
    private static final int SECRET_LENGTH = 44;
    private static final int CHECKSUM_BYTES = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyScope scope;
    private final String keyId;
    private final String secret;

    private ApiKey(KeyScope scope, String keyId, String secret) {
        this.scope = scope;
        this.keyId = keyId;
        this.secret = secret;
    }

    /** A new key that nobody had before. */
    public static ApiKey generate(KeyScope scope) {
        return new ApiKey(scope, random(ID_LENGTH), random(SECRET_LENGTH));
    }

    /** The key that a text is; empty where it has not the form or the checksum of one. */
    public static Optional<ApiKey> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Optional<KeyScope> scope = KeyScope.find(form.group(1));
        String checked = text.substring(0, text.length() - form.group(4).length() - 1);
        return checksum(checked).equals(form.group(4))
                ? scope.map(found -> new ApiKey(found, form.group(2), form.group(3)))
                : Optional.empty();
    }

    /** Whether a text is a key id. */
    public static boolean isKeyId(String text) {
        return text.length() >= 12 && text.length() <= 32 && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    /** Where it is of use. */
    public KeyScope scope() {
        return scope;
    }

    /** Its public part. */
    public String keyId() {
        return keyId;
    }

    /** What is stored of its secret. */
    public SecretHash hash() {
        return SecretHash.ofSecret(secret);
    }

    /** The whole key with its secret: for the one who asked for it, once, and for no log. */
    public String reveal() {
        String body = PREFIX + scope.key() + "_" + keyId + "_" + secret;
        return body + "_" + checksum(body);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return PREFIX + scope.key() + "_" + keyId + "_…";
    }

    private static String checksum(String body) {
        return HexFormat.of().formatHex(SecretHash.sha256(body), 0, CHECKSUM_BYTES);
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
