/**
 * The bodies of requests: how long they may be, how slowly they may come, and how many large ones of one caller are read at once; and how long
 * answers of other services may be.
 * Streams of receipts have limits of their own ({@code intake}).
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.bodies;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
