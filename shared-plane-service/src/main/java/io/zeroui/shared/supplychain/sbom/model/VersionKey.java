package io.zeroui.shared.supplychain.sbom.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Versions as texts whose order, byte by byte, is that of the versions: what an index needs. Numbers are compared as numbers; a word after them is
 * before the release where it says so (alpha, beta, milestone, rc, snapshot, dev; of semantic versions everything after a hyphen), after it otherwise;
 * zeros at the end do not count, nor does what follows a plus sign. This is the order of Maven and of semantic versions but for rare cases, and a good
 * guess for the rest.
 */
public final class VersionKey {

    private static final Pattern TOKEN = Pattern.compile("\\d+|[a-z]+");
    private static final List<String> RANKED = List.of("dev", "alpha", "beta", "milestone", "rc", "snapshot");
    private static final List<String> RELEASE = List.of("final", "ga", "release");
    private static final List<String> SEMANTIC = List.of("npm", "cargo", "golang", "nuget", "hex", "pub", "swift", "composer");
    private static final char BEFORE = '1';
    private static final char END = '3';
    private static final char AFTER = '5';
    private static final char NUMBER = '7';
    private static final char WORD = '8';
    private static final int DIGITS_MOST = 99;
    private static final int TOKENS_MOST = 40;

    private final StringBuilder key = new StringBuilder();
    private int zeros;
    private boolean isPreRelease;

    private VersionKey() {
    }

    /**
     * The key of a version.
     *
     * @param type of the package URL; null where there is none
     */
    public static String of(@Nullable String type, @Nullable String version) {
        if (version == null || version.isEmpty()) {
            return "";
        }
        String text = version.toLowerCase(Locale.ROOT);
        int build = text.indexOf('+');
        text = build > 0 ? text.substring(0, build) : text;
        text = text.length() > 1 && text.startsWith("v") && Character.isDigit(text.charAt(1)) ? text.substring(1) : text;
        int hyphen = type != null && SEMANTIC.contains(type) && text.indexOf('-') >= 0 ? text.indexOf('-') : Integer.MAX_VALUE;
        return new VersionKey().write(TOKEN.matcher(text), hyphen);
    }

    private String write(Matcher token, int hyphen) {
        for (int count = 0; count < TOKENS_MOST && token.find(); count++) {
            if (token.start() > hyphen && !isPreRelease) {
                isPreRelease = true;
                zeros = 0;
                key.append(BEFORE);
            }
            String word = token.group();
            if (Character.isDigit(word.charAt(0))) {
                number(word.replaceFirst("^0+", ""));
            } else if (isPreRelease) {
                key.append(WORD).append(word).append('!');
            } else if (!RELEASE.contains(word)) {
                zeros = 0;
                word(word);
            }
        }
        return key.append(END).toString();
    }

    /** Zeros before a number count, zeros at the end do not. */
    private void number(String digits) {
        if (digits.isEmpty() && !isPreRelease) {
            zeros++;
            return;
        }
        for (; zeros > 0; zeros--) {
            key.append(NUMBER).append("00");
        }
        String bounded = digits.length() > DIGITS_MOST ? digits.substring(0, DIGITS_MOST) : digits;
        key.append(NUMBER).append(String.format(Locale.ROOT, "%02d", bounded.length())).append(bounded);
    }

    private void word(String word) {
        int rank = RANKED.indexOf(switch (word) {
            case "a" -> "alpha";
            case "b" -> "beta";
            case "m" -> "milestone";
            case "pre", "preview", "cr", "c", "canary", "next", "nightly" -> "rc";
            default -> word;
        });
        if (rank >= 0) {
            key.append(BEFORE).append((char) ('0' + rank));
        } else {
            key.append(AFTER).append(word).append('!');
        }
    }
}
