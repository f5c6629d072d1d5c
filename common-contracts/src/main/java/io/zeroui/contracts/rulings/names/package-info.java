/**
 * Names and versions of what the registry of providers has, and patterns and ranges of them. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.rulings.names;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
