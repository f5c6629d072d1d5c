/**
 * Side-by-side measurements: what the planes reach and, in the same run on the same machine, what the parts below them can
 * reach alone. Prints tables; asserts nothing.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
