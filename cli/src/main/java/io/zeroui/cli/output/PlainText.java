package io.zeroui.cli.output;

/** Texts of others, as they may be shown: without what a terminal would take for a command. */
public final class PlainText {

    private PlainText() {
    }

    /** On one line. */
    public static String line(String text) {
        return text.replaceAll("\\p{Cc}+", " ");
    }

    /** With its lines and tabulators. */
    public static String lines(String text) {
        return text.replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cc}&&[^\\n\\t]]+", " ");
    }
}
