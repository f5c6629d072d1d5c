/**
 * Typed identifiers. A value of one of these types has been checked and is safe as a path component and as a key.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.identity;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
