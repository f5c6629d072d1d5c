/**
 * Fills and asks the index. Owns {@code core.receipts_index} and {@code core.file_watermarks}; adds rows to {@code
 * core.outbox} in the same transaction. One loop, one transaction at a time.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.index;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
