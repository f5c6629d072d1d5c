package io.zeroui.contracts.identity;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** The grammars of identifiers. Messages do not repeat the value: it may be anything. */
final class Names {

    private static final int KEBAB_MAX_LENGTH = 100;

    private Names() {
    }

    /** {@code [a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?} */
    @CanIgnoreReturnValue
    static String requireKebab(String what, String value) {
        if (!isKebab(value)) {
            throw new IllegalArgumentException(what + " must be kebab-case: 1 to " + KEBAB_MAX_LENGTH
                    + " of a-z, 0-9 and '-', first and last no '-'");
        }
        return value;
    }

    /** {@code [A-Za-z0-9._-]{1,max}} and anything in {@code more}. */
    static boolean isToken(String value, int maxLength, String more) {
        if (value.isEmpty() || value.length() > maxLength) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && c != '.' && c != '_' && c != '-' && more.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKebab(String value) {
        int length = value.length();
        if (length == 0 || length > KEBAB_MAX_LENGTH || value.charAt(0) == '-' || value.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
