/**
 * Where every request comes in: authenticated before its body is read, and authorised before its resource runs.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.security.gate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
