package io.zeroui.shared.supplychain.sbom.read;

import io.zeroui.shared.supplychain.sbom.model.Purl;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts of documents, made fit for tables and messages. */
final class SbomTexts {

    private static final int QUOTED_MOST = 120;
    private static final int TEXT_MOST = 1_000;
    private static final int REF_MOST = 2_000;

    private SbomTexts() {
    }

    /** The beginning of a text in quotation marks, without control characters. */
    static String quoted(String text) {
        String plain = text.replaceAll("\\p{Cntrl}+", " ");
        return "'" + (plain.length() > QUOTED_MOST ? plain.substring(0, QUOTED_MOST) + "…" : plain) + "'";
    }

    /** A text for a column: null where there is nothing, without U+0000 and halves of surrogate pairs, and not longer than it may be. */
    static @Nullable String clean(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = text.strip().replaceAll("\\p{Cntrl}", " ");
        plain = plain.length() > TEXT_MOST ? plain.substring(0, TEXT_MOST) : plain;
        StringBuilder whole = new StringBuilder(plain.length());
        plain.codePoints().forEach(point -> whole.appendCodePoint(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '?' : point));
        return whole.toString();
    }

    /**
     * A reference inside a document.
     *
     * @throws io.zeroui.runtime.problems.ProblemException when it is too long to be one
     */
    static String ref(String text) {
        if (text.length() > REF_MOST) {
            throw SbomProblem.TOO_LARGE.because("The reference " + quoted(text) + " has more than " + REF_MOST + " characters");
        }
        return text.replace("\0", "");
    }

    /**
     * A package URL; null where there is none.
     *
     * @param of whose it is, for the message
     * @throws io.zeroui.runtime.problems.ProblemException when it is none
     */
    static @Nullable Purl purl(@Nullable String text, String of) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Purl.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw SbomProblem.WRONG_PURL.because("The package URL " + quoted(text) + " of " + quoted(of) + " is none: " + e.getMessage());
        }
    }

    /** {@code algorithm:hex}; null where the value is no hex. */
    static @Nullable String hash(@Nullable String algorithm, @Nullable String value) {
        if (algorithm == null || value == null || !value.strip().matches("[0-9a-fA-F]{8,256}")) {
            return null;
        }
        String name = algorithm.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^(sha|blake2b|blake3)(\\d)", "$1-$2");
        return (name.length() > 20 ? name.substring(0, 20) : name) + ":" + value.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a text begins as a package URL does. */
    static boolean isPurl(String text) {
        return text.startsWith("pkg:");
    }
}
