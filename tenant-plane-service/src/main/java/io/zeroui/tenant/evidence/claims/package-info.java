/**
 * Judges receipts' claims of policies anew where the tenant's history of releases has grown since they were indexed: the column
 * {@code policy_standing} of {@code app.receipts_index}, whose other columns stay, and {@code policy_lines} of {@code
 * app.ledger_watermarks}, which says by how many lines of the history all rows are judged at least.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.claims;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
