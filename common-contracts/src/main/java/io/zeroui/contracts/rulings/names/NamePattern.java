package io.zeroui.contracts.rulings.names;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of names: {@code *} stands for any characters, also none and also {@code /}; everything else for itself. So
 * {@code acme/*} is all that is below {@code acme}, and {@code *} is all.
 */
public final class NamePattern {

    private static final Pattern FORM = Pattern.compile("[a-z0-9._/*-]{1,200}");
    private static final int MAX_STARS = 8;

    private final String text;
    private final boolean exact;

    private NamePattern(String text) {
        this.text = text;
        this.exact = text.indexOf('*') < 0;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it is none: 1 to 200 characters of names, at most 8 of them {@code *}
     */
    public static NamePattern parse(String text) {
        if (text == null || !FORM.matcher(text).matches() || text.chars().filter(c -> c == '*').count() > MAX_STARS) {
            throw new IllegalArgumentException("a pattern has 1 to 200 of a-z, 0-9, '.', '_', '-', '/' and at most 8 '*'");
        }
        return new NamePattern(text);
    }

    /** Whether the name is one of these. */
    public boolean matches(String name) {
        return exact ? text.equals(name) : matchesStars(name);
    }

    /** The first segment of all names that match; null where these can have several. */
    public @Nullable String firstSegment() {
        int end = text.indexOf('/');
        int star = text.indexOf('*');
        if (end < 0) {
            return exact ? text : null;
        }
        return star >= 0 && star < end ? null : text.substring(0, end);
    }

    /** Greedy: a mismatch goes back to the last star only, which then takes one character more. */
    private boolean matchesStars(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length() && text.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
