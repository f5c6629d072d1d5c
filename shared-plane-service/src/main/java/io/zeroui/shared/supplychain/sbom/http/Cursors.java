package io.zeroui.shared.supplychain.sbom.http;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import io.zeroui.shared.supplychain.sbom.store.Where;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parameters of pages. */
final class Cursors {

    private static final String SEPARATOR = "\u001f";
    private static final int PARTS = 4;
    private static final int LENGTH_MOST = 8_000;
    private static final int PAGE_DEFAULT = 50;
    private static final int PAGE_MOST = 500;

    private Cursors() {
    }

    /** A limit from 1 to 500, by default 50. */
    static int limit(@Nullable String given) {
        return number(given, "limit", 1, PAGE_MOST, PAGE_DEFAULT);
    }

    /** A whole number in a range. */
    static int number(@Nullable String given, String name, int least, int most, int otherwise) {
        if (given == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw SbomProblem.WRONG_PARAMETER.because(name + " must be a whole number from " + least + " to " + most);
    }

    /** A number that an earlier answer gave. */
    static long position(@Nullable String given, long otherwise) {
        try {
            return given == null ? otherwise : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    static String write(Where.Cursor cursor) {
        return text(String.join(SEPARATOR, cursor.key(), cursor.component().toString(), Long.toString(cursor.sbom()), Integer.toString(cursor.ordinal())));
    }

    static String text(String content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    static String content(String given) {
        try {
            String content = given.length() > LENGTH_MOST ? "\0" : new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8);
            if (content.indexOf('\0') < 0) {
                return content;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw wrong();
    }

    static Where.@Nullable Cursor read(@Nullable String given) {
        if (given == null) {
            return null;
        }
        String[] parts = content(given).split(SEPARATOR, -1);
        try {
            if (parts.length == PARTS) {
                return new Where.Cursor(parts[0], UUID.fromString(parts[1]), Long.parseLong(parts[2]), Integer.parseInt(parts[PARTS - 1]));
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw wrong();
    }

    /** A digest in a path. */
    static Hash digest(String given) {
        try {
            return Hash.parse(given);
        } catch (IllegalArgumentException e) {
            throw SbomProblem.NOT_FOUND.because("There is no bill of materials of that digest; it is SHA-256, 64 hex digits");
        }
    }

    private static RuntimeException wrong() {
        return SbomProblem.WRONG_PARAMETER.because("cursor is not one that an earlier answer gave");
    }
}
