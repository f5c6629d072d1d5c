package io.zeroui.contracts.access;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

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

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 16;
    private static final int ID_LEAST = 12;
    private static final int ID_MOST = 32;
    /** 44 characters of 62 carry more than 256 bits. */
    private static final int SECRET_LENGTH = 44;
    private static final int SECRET_LEAST = 43;
    private static final int SECRET_MOST = 64;
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
        if (text.length() > MAX_LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int id = after(text, PREFIX.length());
        int secret = after(text, id);
        int checksum = after(text, secret);
        if (checksum < 0 || !isWord(text, id, secret - 1, ID_LEAST, ID_MOST)
                || !isWord(text, secret, checksum - 1, SECRET_LEAST, SECRET_MOST)
                || !checksum(text.substring(0, checksum - 1)).equals(text.substring(checksum))) {
            return Optional.empty();
        }
        return KeyScope.find(text.substring(PREFIX.length(), id - 1))
                .map(scope -> new ApiKey(scope, text.substring(id, secret - 1), text.substring(secret, checksum - 1)));
    }

    /** What stands in the place of a key's id, for looking the key up; empty where there is none. Says nothing else of the text. */
    public static String idIn(String text) {
        int id = text.length() > MAX_LENGTH || !text.startsWith(PREFIX) ? -1 : after(text, PREFIX.length());
        int secret = after(text, id);
        return secret < 0 ? "" : text.substring(id, secret - 1);
    }

    /** Whether a text is a key id. */
    public static boolean isKeyId(String text) {
        return isWord(text, 0, text.length(), ID_LEAST, ID_MOST);
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

    /** Where the part begins that follows the one that begins there; negative where there is none. */
    private static int after(String text, int part) {
        int end = part < 0 ? -1 : text.indexOf('_', part);
        return end < 0 ? -1 : end + 1;
    }

    private static boolean isWord(String text, int from, int to, int least, int most) {
        if (to - from < least || to - from > most) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
