/**
 * Context that tenants export for search: what travels on the channels {@code tenant-context} and {@code product-context-acks}. What an export
 * may hold, {@link io.zeroui.contracts.metadata.Redactor} decides. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.context;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
