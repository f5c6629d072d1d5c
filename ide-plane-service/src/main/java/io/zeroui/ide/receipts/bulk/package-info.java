/**
 * The stream of receipts over HTTP: who may send one, and how its lines get into the log. Owns no
 * table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.bulk;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
