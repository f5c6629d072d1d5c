package io.zeroui.contracts.rulings.names;

import java.util.Comparator;

/**
 * Which version is newer. A version's parts are what {@code .} and {@code -} separate. Its leading numeric parts are compared as numbers,
 * missing ones as 0: {@code 1.10} is newer than {@code 1.9}, {@code 2024-08-06} than {@code 2024-05-13}. Where these are equal, a version
 * without further parts is newer than one with ({@code 1.0.0} than {@code 1.0.0-rc.1}); further parts are compared one by one, numbers
 * below words, as Semantic Versioning 2.0.0 §11 does. What follows a {@code +} does not count.
 */
public final class VersionOrder implements Comparator<String> {

    /** The order. Versions that it finds equal may still have other names. */
    public static final VersionOrder INSTANCE = new VersionOrder();

    private VersionOrder() {
    }

    @Override
    public int compare(String left, String right) {
        String[] a = parts(left);
        String[] b = parts(right);
        int numbersOfA = numbers(a);
        int numbersOfB = numbers(b);
        for (int i = 0; i < Math.max(numbersOfA, numbersOfB); i++) {
            int order = compareNumbers(i < numbersOfA ? a[i] : "0", i < numbersOfB ? b[i] : "0");
            if (order != 0) {
                return order;
            }
        }
        boolean plainA = numbersOfA == a.length;
        boolean plainB = numbersOfB == b.length;
        if (plainA || plainB) {
            return Boolean.compare(plainA, plainB);
        }
        for (int i = 0; numbersOfA + i < a.length && numbersOfB + i < b.length; i++) {
            int order = compareParts(a[numbersOfA + i], b[numbersOfB + i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length - numbersOfA, b.length - numbersOfB);
    }

    private static String[] parts(String version) {
        int plus = version.indexOf('+');
        return (plus < 0 ? version : version.substring(0, plus)).split("[.-]", -1);
    }

    private static int numbers(String[] parts) {
        int count = 0;
        while (count < parts.length && isNumber(parts[count])) {
            count++;
        }
        return count;
    }

    private static int compareParts(String a, String b) {
        boolean numberA = isNumber(a);
        boolean numberB = isNumber(b);
        if (numberA && numberB) {
            return compareNumbers(a, b);
        }
        return numberA == numberB ? a.compareTo(b) : numberA ? -1 : 1;
    }

    private static int compareNumbers(String a, String b) {
        String left = withoutZeros(a);
        String right = withoutZeros(b);
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private static String withoutZeros(String number) {
        int first = 0;
        while (first < number.length() - 1 && number.charAt(first) == '0') {
            first++;
        }
        return number.substring(first);
    }

    private static boolean isNumber(String part) {
        if (part.isEmpty()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
