package io.zeroui.contracts.receipts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** RFC 3339 timestamps in UTC. */
final class UtcTimestamp {

    private static final int MAX_LENGTH = 40;
    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 9999;

    private UtcTimestamp() {
    }

    /**
     * The instant of {@code YYYY-MM-DDThh:mm:ss[.fraction]} followed by {@code Z} or {@code +00:00}.
     *
     * @throws IllegalArgumentException when the text is anything else, or outside of the years 1970 to 9999
     */
    static Instant parse(String text) {
        try {
            if (text.length() <= MAX_LENGTH) {
                OffsetDateTime time = OffsetDateTime.parse(text);
                if (time.getOffset().equals(ZoneOffset.UTC) && time.getYear() >= MIN_YEAR
                        && time.getYear() <= MAX_YEAR) {
                    return time.toInstant();
                }
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new IllegalArgumentException("must be a UTC time of RFC 3339, as in 2026-01-31T12:00:00.000Z");
    }
}
