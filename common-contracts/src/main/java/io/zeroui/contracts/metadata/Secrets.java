package io.zeroui.contracts.metadata;

import static io.zeroui.contracts.metadata.Characters.endsInWord;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Private keys, access tokens, credentials in URLs, and values that are named as secrets. */
final class Secrets {

    private static final int MIN_VALUE_LENGTH = 6;
    private static final int MAX_VALUE_LENGTH = 4_096;
    /** Ends of names, lower-case without separators. */
    private static final String[] PASSWORD_NAMES = { "password", "passwd", "passphrase", "pwd" };
    private static final String[] TOKEN_NAMES = { "apikey", "accesskey", "secretkey", "privatekey", "clientsecret",
            "secret", "token", "credential", "credentials" };
    private static final Set<String> VERDICTS = Set.of("absent", "clean", "clear", "detected", "disabled", "enabled",
            "expired", "failed", "hidden", "invalid", "masked", "missing", "passed", "present", "redacted", "removed",
            "required", "rotated", "unknown", "unused", "violation");
    private static final Pattern MASKED = Pattern.compile("[*xX.•]+|[<\\[{(%$].*");
    private static final Pattern URL_CREDENTIALS = Pattern.compile("://[^/\\s:@]{0,128}:([^/\\s@]{1,256})@");
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "(?i)\\b(?:bearer|basic)\\s{1,4}(?=[^\\s]{0,256}\\d)(?=[^\\s]{0,256}[a-z])[a-z0-9._~+/-]{16,}");

    private Secrets() {
    }

    /** What is in the text, or null. */
    static @Nullable String find(String text, int traits, String name) {
        String token = Tokens.find(text);
        if (token != null) {
            return token;
        }
        if (isNamedSecret(text, traits, name)) {
            return "a secret, as its name says";
        }
        if (Traits.has(traits, Traits.SPACE) && isPrivateKey(text)) {
            return "a private key";
        }
        if (Traits.has(traits, Traits.SPACE) && hasAuthorization(text)) {
            return "credentials of an authorization header";
        }
        if (Traits.has(traits, Traits.AT) && Traits.has(traits, Traits.COLON) && hasUrlCredentials(text)) {
            return "a password in a URL";
        }
        boolean assigned = Traits.has(traits, Traits.COLON | Traits.EQUALS) && hasAssignment(text);
        return assigned ? "a value that is named as a secret" : null;
    }

    private static boolean isPrivateKey(String text) {
        return text.contains("PRIVATE KEY-----") || text.contains("PRIVATE KEY BLOCK-----");
    }

    private static boolean hasAuthorization(String text) {
        boolean named = text.contains("earer ") || text.contains("asic ") || text.contains("BEARER ")
                || text.contains("BASIC ");
        return named && AUTHORIZATION.matcher(text).find();
    }

    private static boolean hasUrlCredentials(String text) {
        Matcher matcher = URL_CREDENTIALS.matcher(text);
        while (matcher.find()) {
            if (!MASKED.matcher(matcher.group(1)).matches()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamedSecret(String value, int traits, String name) {
        if (name.isEmpty() || Traits.has(traits, Traits.SPACE | Traits.NEWLINE)) {
            return false;
        }
        return endsInAny(name, name.length(), PASSWORD_NAMES) && isRealValue(value)
                || endsInAny(name, name.length(), TOKEN_NAMES) && isRealValue(value) && !isReference(value);
    }

    /** {@code name = value} or {@code "name": "value"} somewhere in the text. */
    private static boolean hasAssignment(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || c == ':') {
                int end = skipBack(text, i);
                boolean named = endsInAny(text, end, PASSWORD_NAMES) || endsInAny(text, end, TOKEN_NAMES);
                if (named) {
                    String value = valueAfter(text, i + 1);
                    if (isRealValue(value) && !isReference(value)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isRealValue(String value) {
        return value.length() >= MIN_VALUE_LENGTH && !MASKED.matcher(value).matches()
                && !VERDICTS.contains(value.toLowerCase(Locale.ROOT));
    }

    /** A word, a number, a hash or a URL: it names or counts a secret, it is none. */
    private static boolean isReference(String value) {
        return !Characters.hasDigit(value) || value.chars().allMatch(c -> Characters.isDigit((char) c))
                || value.startsWith("sha256:") || value.startsWith("http://") || value.startsWith("https://")
                || value.startsWith("vault:") || value.startsWith("env:");
    }

    private static int skipBack(String text, int from) {
        int end = from;
        while (end > 0 && from - end < 4 && " \"'\\".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static String valueAfter(String text, int from) {
        int start = from;
        while (start < text.length() && start - from < 4 && " \"'\\=".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < text.length() && end - start < MAX_VALUE_LENGTH && " \t\r\n\"',;&".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean endsInAny(String text, int end, String[] words) {
        for (String word : words) {
            if (endsInWord(text, end, word)) {
                return true;
            }
        }
        return false;
    }
}
