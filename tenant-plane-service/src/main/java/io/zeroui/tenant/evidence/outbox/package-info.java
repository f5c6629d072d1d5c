/**
 * What the ledger tells the product plane: metadata of indexed receipts, over the channel {@code tenant-evidence}, until
 * the channel {@code product-evidence-acks} says that they were counted. Tables {@code app.outbox},
 * {@code app.outbox_epoch}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.outbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
