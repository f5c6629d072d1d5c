package io.zeroui.cli.output;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * One line that changes in place on a terminal; elsewhere a new line whenever the text changed, at most one in two
 * seconds.
 */
public final class Progress {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PrintWriter writer;
    private final boolean terminal;
    private String shown = "";
    private long shownNanos = System.nanoTime() - QUIET_NANOS;

    /** Progress on the given writer. */
    public Progress(PrintWriter writer, boolean terminal) {
        this.writer = writer;
        this.terminal = terminal;
    }

    /** Progress on a writer to standard error, which is a terminal when the process has a console. */
    public static Progress on(PrintWriter writer) {
        return new Progress(writer, System.console() != null && !"dumb".equals(System.getenv("TERM")));
    }

    /** Shows the present state. */
    public void show(String text) {
        boolean quiet = System.nanoTime() - shownNanos < QUIET_NANOS;
        if (text.equals(shown) || !terminal && quiet) {
            return;
        }
        if (terminal) {
            writer.print("\r" + text + " ".repeat(Math.max(0, shown.length() - text.length())));
        } else {
            writer.println(text);
        }
        writer.flush();
        shown = text;
        shownNanos = System.nanoTime();
    }

    /** Shows the last state and ends the line. */
    public void done(String text) {
        if (terminal) {
            writer.println("\r" + text + " ".repeat(Math.max(0, shown.length() - text.length())));
        } else if (!text.equals(shown)) {
            writer.println(text);
        }
        writer.flush();
    }
}
