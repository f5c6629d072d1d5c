package io.zeroui.runtime.streams;

/** Order of stream ids, {@code {ms}-{n}}, both parts unsigned 64-bit numbers. */
final class StreamIds {

    private StreamIds() {
    }

    /** Negative, zero or positive as {@code left} is before, equal to or after {@code right}. */
    static int compare(String left, String right) {
        int byTime = Long.compareUnsigned(part(left, 0), part(right, 0));
        return byTime != 0 ? byTime : Long.compareUnsigned(part(left, 1), part(right, 1));
    }

    /** The smallest id after {@code id}. */
    static String after(String id) {
        long n = part(id, 1);
        return n == -1L ? Long.toUnsignedString(part(id, 0) + 1) + "-0"
                : Long.toUnsignedString(part(id, 0)) + "-" + Long.toUnsignedString(n + 1);
    }

    static String smaller(String left, String right) {
        return compare(left, right) <= 0 ? left : right;
    }

    private static long part(String id, int index) {
        int dash = id.indexOf('-');
        if (dash < 0) {
            return index == 0 ? Long.parseUnsignedLong(id) : 0;
        }
        return Long.parseUnsignedLong(index == 0 ? id.substring(0, dash) : id.substring(dash + 1));
    }
}
