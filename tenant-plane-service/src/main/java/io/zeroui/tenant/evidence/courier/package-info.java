/**
 * Batches that couriers brought: what each of them claimed of its receipts, which are in the ledger. The truth is one JSON
 * line per batch in {@code tenant/{tenant}/{region}/evidence/courier/dt=…/batches.jsonl}, written and synced after the batch's
 * receipts are in the ledger; the table {@code app.courier_batches} follows it and is built from it when it is behind.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.courier;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
