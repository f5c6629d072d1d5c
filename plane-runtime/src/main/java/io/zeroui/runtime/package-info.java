/**
 * What every plane service shares: who it is and where its part of {@code ZU_ROOT} lies.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
