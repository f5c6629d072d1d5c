/**
 * The evidence ledger of the tenant plane: receipts that reached it are stored byte for byte, in an order that never
 * changes, and acknowledged only then. Reads the channels {@code ide-receipts} and {@code product-evidence-acks}, writes
 * {@code tenant-receipt-acks} and {@code tenant-evidence}. Files below {@code tenant/{tenant}/{region}/evidence} are the
 * truth; the tables {@code app.receipts_index}, {@code app.chain_heads} and {@code app.ledger_watermarks} follow them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
