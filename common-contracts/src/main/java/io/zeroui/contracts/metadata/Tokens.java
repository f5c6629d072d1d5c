package io.zeroui.contracts.metadata;

import static io.zeroui.contracts.metadata.Characters.isAlphanumeric;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Access tokens whose issuers gave them a prefix to be recognised by. */
final class Tokens {

    /** A prefix, how many characters must follow at least, and whether these must be a mixture. */
    private record Form(String prefix, int minRest, boolean mixed) {
    }

    private static final Form[] FORMS = {
            new Form("AKIA", 16, false), new Form("ASIA", 16, false), new Form("AIza", 35, false),
            new Form("ghp_", 30, false), new Form("gho_", 30, false), new Form("ghu_", 30, false),
            new Form("ghs_", 30, false), new Form("ghr_", 30, false), new Form("github_pat_", 22, false),
            new Form("glpat-", 20, false), new Form("xoxa-", 10, true), new Form("xoxb-", 10, true),
            new Form("xoxp-", 10, true), new Form("xoxr-", 10, true), new Form("xoxs-", 10, true),
            new Form("xapp-", 10, true), new Form("sk_live_", 16, false), new Form("sk_test_", 16, false),
            new Form("rk_live_", 16, false), new Form("sk-", 20, true), new Form("npm_", 36, false),
            new Form("pypi-", 40, true), new Form("hf_", 30, true), new Form("dop_v1_", 40, false),
            new Form("SG.", 40, true), new Form("AGE-SECRET-KEY-", 40, false), new Form("hvs.", 20, true),
            new Form("zu_", 60, true), new Form("eyJ", 30, true) };
    private static final Form[][] BY_FIRST = new Form[128][];

    static {
        for (int c = 0; c < BY_FIRST.length; c++) {
            char first = (char) c;
            BY_FIRST[c] = Arrays.stream(FORMS)
                    .filter(form -> form.prefix().charAt(0) == first).toArray(Form[]::new);
        }
    }

    private Tokens() {
    }

    static @Nullable String find(String text) {
        int last = text.length() - 19;
        for (int i = 0; i < last; i++) {
            char c = text.charAt(i);
            if (c < 128 && BY_FIRST[c].length > 0 && (i == 0 || !isAlphanumeric(text.charAt(i - 1)))) {
                for (Form form : BY_FIRST[c]) {
                    if (text.startsWith(form.prefix(), i) && isToken(text, i + form.prefix().length(), form)) {
                        return form.prefix().equals("eyJ") ? "a JSON web token" : "an access token";
                    }
                }
            }
        }
        return null;
    }

    private static boolean isToken(String text, int from, Form form) {
        int to = from;
        boolean upper = false;
        boolean digit = false;
        while (to < text.length() && isTokenCharacter(text.charAt(to))) {
            char c = text.charAt(to++);
            upper |= c >= 'A' && c <= 'Z';
            digit |= Characters.isDigit(c);
        }
        boolean mixture = !form.mixed() || upper && digit || digit && form.prefix().startsWith("x");
        return to - from >= form.minRest() && mixture && (!form.prefix().equals("eyJ") || isWebToken(text, from, to));
    }

    /** Three parts, of which the first two are JSON objects in base64url. */
    private static boolean isWebToken(String text, int from, int to) {
        int second = text.indexOf(".eyJ", from);
        return second > 0 && second < to && text.indexOf('.', second + 1) < to && text.indexOf('.', second + 1) > 0;
    }

    private static boolean isTokenCharacter(char c) {
        return isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
    }
}
