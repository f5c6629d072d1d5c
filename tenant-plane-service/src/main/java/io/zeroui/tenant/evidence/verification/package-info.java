/**
 * Whether receipts of the ledger still are what was acknowledged: one of them, or a range of them page by page. Everything is
 * computed anew from the bytes in the evidence files. Reads {@code app.receipts_index} and the evidence files.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.verification;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
