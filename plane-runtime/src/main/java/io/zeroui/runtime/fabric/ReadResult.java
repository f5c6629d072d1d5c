package io.zeroui.runtime.fabric;

import java.util.List;

/**
 * What one read of a file found.
 *
 * @param lines complete lines in the order of the file
 * @param nextOffset where the next read goes on: behind the last line of this one
 * @param ending why the read stopped
 */
public record ReadResult(List<Line> lines, long nextOffset, Ending ending) {

    /** Why a read stopped. */
    public enum Ending {
        /** A limit of the read was reached; there may be more lines. */
        MORE,
        /** Everything up to the end was read. */
        END,
        /** Everything complete was read; behind it lie bytes that no line feed has ended (yet). */
        TORN_TAIL,
        /** The file ends before the offset asked for, or is gone: it was cut or replaced. */
        SHRUNK
    }

    public ReadResult {
        lines = List.copyOf(lines);
    }

    /** Whether bytes without a line feed lie behind the last complete line. */
    public boolean tornTail() {
        return ending == Ending.TORN_TAIL;
    }

    /** Whether reading again at once may find more. */
    public boolean more() {
        return ending == Ending.MORE;
    }
}
