/**
 * What the planes agree on. Plain Java without framework and without I/O; the sub-packages hold one contract each.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
