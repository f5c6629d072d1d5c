package io.zeroui.shared.alerts;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The last row of a page: the next page starts after it.
 *
 * @param parts its key, in the order of the pages
 */
record AlertCursor(List<String> parts) {

    private static final int LENGTH_MOST = 800;

    static AlertCursor after(AlertView alert) {
        return new AlertCursor(List.of(alert.rule(), alert.plane(), alert.instance()));
    }

    static AlertCursor after(TransitionView transition) {
        return new AlertCursor(List.of(transition.at().toString(), Long.toString(transition.number())));
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws ProblemException 400 when it is something else
     */
    static AlertCursor parse(String text, int size) {
        try {
            if (text.length() <= LENGTH_MOST) {
                String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                List<String> parts = Arrays.asList(decoded.split(" ", -1));
                if (parts.size() == size && decoded.indexOf('\0') < 0) {
                    return new AlertCursor(parts);
                }
            }
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        throw wrong();
    }

    /** The form for answers and requests. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(String.join(" ", parts).getBytes(StandardCharsets.UTF_8));
    }

    static ProblemException wrong() {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, "cursor is not one that an earlier answer gave");
    }
}
