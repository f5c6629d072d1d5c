/**
 * Receipts on their way to the tenant plane. Owns {@code core.outbox} (rows come from the index's transaction) and {@code
 * core.edge_epoch}; writes the stream {@code ide-receipts} of the tenant this edge is enrolled for, reads its own of
 * {@code tenant-receipt-acks}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.sync;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
