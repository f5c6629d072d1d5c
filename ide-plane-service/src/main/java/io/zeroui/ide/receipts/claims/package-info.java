/**
 * Keeps receipt ids unique between arrival and index, whichever way receipts come. Memory only; owns no
 * table, file or stream.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.claims;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
