package io.zeroui.contracts.metadata;

/** Classes of characters and comparisons that allocate nothing. */
final class Characters {

    private Characters() {
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isAlphanumeric(char c) {
        return isLetter(c) || isDigit(c);
    }

    /** The character, or a blank outside of the text. */
    static char at(String text, int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
    }

    static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static boolean isOnlyLetters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text before {@code end} ends in the lower-case word, whatever its case, {@code _} and {@code -}. */
    static boolean endsInWord(String text, int end, String word) {
        int at = end;
        for (int i = word.length() - 1; i >= 0; i--) {
            at--;
            while (at >= 0 && (text.charAt(at) == '_' || text.charAt(at) == '-')) {
                at--;
            }
            if (at < 0 || (text.charAt(at) | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
