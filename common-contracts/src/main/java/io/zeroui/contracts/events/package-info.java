/**
 * What travels between planes: the event envelope (CloudEvents 1.0 attributes) and the payload records.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.events;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
