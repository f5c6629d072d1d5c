/**
 * Finds receipt files and reads lines that are not in memory: of other programs, or of this one before a
 * crash. Reads {@code ZU_ROOT/ide/receipts/{repo-id}/{yyyy}/{mm}/receipts.jsonl}; writes nothing.
 *
 * <p>Other programs append whole lines with {@code O_APPEND} and one {@code write} each. A part of a line waits for its end; if
 * this process appends meanwhile, the part is ended by a line feed and goes to quarantine.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.tail;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
