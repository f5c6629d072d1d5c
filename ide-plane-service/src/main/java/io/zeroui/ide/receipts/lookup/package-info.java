/**
 * Finds receipts by id and the newest ones: the index says where, the file has the bytes.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.lookup;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
