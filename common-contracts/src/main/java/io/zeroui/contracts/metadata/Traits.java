package io.zeroui.contracts.metadata;

/** Which characters a text has, found in one pass, so that most texts need no further look. */
final class Traits {

    static final int AT = 1;
    static final int PERCENT = 1 << 1;
    static final int COLON = 1 << 2;
    static final int EQUALS = 1 << 3;
    static final int SPACE = 1 << 4;
    static final int NEWLINE = 1 << 5;
    /** Brackets and marks that code has and plain words have not. */
    static final int PUNCTUATION = 1 << 6;
    /** At least nine digits: a social security number, or longer. */
    static final int MANY_DIGITS = 1 << 7;

    private static final int DIGIT = 1 << 8;
    private static final int MANY = 9;
    private static final int[] OF_CHARACTER = new int[128];

    static {
        OF_CHARACTER['@'] = AT;
        OF_CHARACTER['%'] = PERCENT;
        OF_CHARACTER[':'] = COLON;
        OF_CHARACTER['='] = EQUALS;
        OF_CHARACTER[' '] = SPACE;
        OF_CHARACTER['\t'] = SPACE;
        OF_CHARACTER['\n'] = NEWLINE;
        OF_CHARACTER['\r'] = NEWLINE;
        for (char c : "(){}[];<>#`".toCharArray()) {
            OF_CHARACTER[c] = PUNCTUATION;
        }
        for (char c = '0'; c <= '9'; c++) {
            OF_CHARACTER[c] = DIGIT;
        }
    }

    private Traits() {
    }

    static int of(String text) {
        int traits = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128) {
                int trait = OF_CHARACTER[c];
                traits |= trait;
                digits += trait >> 8;
            }
        }
        return digits >= MANY ? traits | MANY_DIGITS : traits;
    }

    static boolean has(int traits, int any) {
        return (traits & any) != 0;
    }
}
