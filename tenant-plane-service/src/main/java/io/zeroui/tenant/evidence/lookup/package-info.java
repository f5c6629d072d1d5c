/**
 * Reading the ledger over HTTP: one receipt with its stored bytes, and whether it still is what was acknowledged. Reads
 * {@code app.receipts_index} and the evidence files.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.lookup;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
