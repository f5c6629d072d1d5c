/**
 * Streams of receipts: NDJSON in, one answer per line out, both at the same time, with bounded memory. Owns no
 * table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.bulk;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
