/**
 * Delivery that survives the loss of Redis: rows leave an outbox only when their receiver says that they are durable on its side.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.outbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
