package io.zeroui.runtime.fabric;

import java.nio.file.Path;

/**
 * One line to append to one file.
 *
 * @param file the file, below the root of the {@link AppendLog}
 * @param line the bytes of the line without a line feed, not empty; they must not change until the append is answered
 */
// A transport record that lives for one round: its equality is never asked for.
@SuppressWarnings("ArrayRecordComponent")
public record AppendRequest(Path file, byte[] line) {
}
