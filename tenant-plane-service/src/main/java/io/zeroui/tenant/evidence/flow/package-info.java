/**
 * The flow of receipts over HTTP: which receipt came from which, by the parents that they name. Reads
 * {@code app.receipts_index}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.flow;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
