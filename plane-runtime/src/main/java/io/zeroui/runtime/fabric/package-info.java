/**
 * The files of the storage fabric: durable append with group commit, reading complete lines from a position, the torn
 * last line that a crash leaves behind, quarantine of lines that cannot be accepted, and the folders of trusted keys.
 *
 * <p>Owns no table and no stream. Every file handled here is JSONL: lines end with LF, readers see complete lines only.
 * Other processes may append to the same files if they open them with {@code O_APPEND}. All methods that are not
 * declared to return a {@code Uni} block on the disk and must not be called from an event loop.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.fabric;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
