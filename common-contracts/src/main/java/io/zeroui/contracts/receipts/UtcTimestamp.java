package io.zeroui.contracts.receipts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** RFC 3339 timestamps in UTC. Written by hand because the JDK's parser takes as long as the rest of a receipt. */
final class UtcTimestamp {

    private static final String FORM = "must be a UTC time of RFC 3339, as in 2026-01-31T12:00:00.000Z";
    private static final int SECONDS_END = 19;
    private static final int MIN_YEAR = 1970;

    private UtcTimestamp() {
    }

    /**
     * The instant of {@code YYYY-MM-DDThh:mm:ss[.fraction]} followed by {@code Z} or {@code +00:00}, where the fraction
     * has at most nine digits.
     *
     * @throws IllegalArgumentException when the text is anything else, or before 1970
     */
    static Instant parse(String text) {
        if (text.length() <= SECONDS_END || !hasSeparators(text)) {
            throw new IllegalArgumentException(FORM);
        }
        int year = number(text, 0, 4);
        int end = fractionEnd(text);
        String zone = text.substring(end);
        if (year < MIN_YEAR || !zone.equals("Z") && !zone.equals("z") && !zone.equals("+00:00")) {
            throw new IllegalArgumentException(FORM);
        }
        try {
            return LocalDateTime.of(year, number(text, 5, 7), number(text, 8, 10), number(text, 11, 13),
                    number(text, 14, 16), number(text, 17, 19), nanos(text, end)).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(FORM, e);
        }
    }

    private static boolean hasSeparators(String text) {
        char t = text.charAt(10);
        return text.charAt(4) == '-' && text.charAt(7) == '-' && (t == 'T' || t == 't') && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static int fractionEnd(String text) {
        if (text.charAt(SECONDS_END) != '.') {
            return SECONDS_END;
        }
        int end = SECONDS_END + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        if (end == SECONDS_END + 1 || end > SECONDS_END + 10) {
            throw new IllegalArgumentException(FORM);
        }
        return end;
    }

    private static int nanos(String text, int end) {
        int nanos = 0;
        for (int i = SECONDS_END + 1; i <= SECONDS_END + 9; i++) {
            nanos = nanos * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                throw new IllegalArgumentException(FORM);
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
