/**
 * Takes receipts in, one by one or (for {@code bulk}) in batches: check, claim, lookup, durable append. Owns the
 * lines that this process appends to the receipt files; offers them to the index queue.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.intake;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
