/**
 * Which plane may hold which class of data: the plane contract as code; and of which class each part of a
 * payload is. No streams, tables or files of its own.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.boundaries;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
