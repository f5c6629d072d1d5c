/**
 * The read index of the ledger: follows the journals, so it can be dropped and made again. Tables
 * {@code app.receipts_index}, {@code app.receipt_words}, {@code app.chain_heads}, {@code app.ledger_watermarks}, {@code app.outbox},
 * {@code app.outbox_epoch}; writes the channel {@code tenant-evidence} through the outbox.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.index;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
