/**
 * Finding and counting a tenant's receipts over HTTP. Reads {@code app.receipts_index} and, for texts, {@code app.receipt_words},
 * and nothing else; the values of the receipts themselves are in the files.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.search;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
