/**
 * Rate limits per tenant: what a tenant may do a second, counted over all instances of a plane. Keys in Redis
 * {@code zeroui:{plane}:limits:*}; no table, no file. The package http puts them before resource methods.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.limits;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
