/**
 * The shared plane: what all planes have in common.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
