package io.zeroui.contracts.metadata;

import static io.zeroui.contracts.metadata.Characters.at;
import static io.zeroui.contracts.metadata.Characters.isAlphanumeric;
import static io.zeroui.contracts.metadata.Characters.isDigit;

/**
 * Payment card numbers: 14 to 16 digits in one group or in the groups that cards show, with an issuer's prefix
 * (ISO/IEC 7812) and a right check digit (Luhn). Times in milli-, micro- and nanoseconds start with no issuer's prefix.
 */
final class PaymentCards {

    private static final long SMALLEST_NUMBER = 100_000_000_000_000L;
    private static final long LARGEST_NUMBER = 9_999_999_999_999_999L;
    private static final int MAX_DIGITS = 16;

    private PaymentCards() {
    }

    /** Whether a JSON number is one; only 15 and 16 digits count. */
    static boolean isCardNumber(long number) {
        return number >= SMALLEST_NUMBER && number <= LARGEST_NUMBER && isCard(Long.toString(number));
    }

    static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i)) && !isPartOfId(at(text, i - 1)) && isCardAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCardAt(String text, int from) {
        char separator = firstSeparator(text, from);
        StringBuilder digits = new StringBuilder(MAX_DIGITS);
        StringBuilder groups = new StringBuilder();
        int group = 0;
        int i = from;
        for (; i < text.length() && digits.length() <= MAX_DIGITS; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                digits.append(c);
                group++;
            } else if (c == separator && isDigit(at(text, i + 1)) && digits.length() < MAX_DIGITS) {
                groups.append(group).append(' ');
                group = 0;
            } else {
                break;
            }
        }
        groups.append(group);
        return !isPartOfId(at(text, i)) && isShape(groups.toString()) && isCard(digits.toString());
    }

    /** The separator between groups, or NUL when the first group is not as short as a card's. */
    private static char firstSeparator(String text, int from) {
        char c = at(text, from + 4);
        return c == ' ' || c == '-' ? c : 0;
    }

    private static boolean isShape(String groups) {
        return switch (groups) {
            case "16", "15", "14", "4 4 4 4", "4 6 5", "4 6 4" -> true;
            default -> false;
        };
    }

    private static boolean isCard(String digits) {
        return hasIssuer(digits) && hasCheckDigit(digits);
    }

    private static boolean hasIssuer(String digits) {
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        return switch (digits.length()) {
            case 16 -> two >= 40 && two <= 49 || two >= 51 && two <= 55 || four >= 2221 && four <= 2720
                    || four == 6011 || two == 65 || four >= 6440 && four <= 6499 || four >= 3528 && four <= 3589
                    || two == 62;
            case 15 -> two == 34 || two == 37;
            case 14 -> two == 36 || two == 38 || two == 30;
            default -> false;
        };
    }

    private static boolean hasCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static boolean isPartOfId(char c) {
        return isAlphanumeric(c) || c == '-' || c == '_';
    }
}
