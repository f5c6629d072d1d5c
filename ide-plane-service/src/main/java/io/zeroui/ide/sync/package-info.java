/**
 * Receipts on their way to the tenant plane. Owns {@code core.outbox} (rows come from the index's transaction) and {@code
 * core.edge_epoch}; writes stream {@code ide-receipts}, reads {@code tenant-receipt-acks} of this edge.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.sync;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
