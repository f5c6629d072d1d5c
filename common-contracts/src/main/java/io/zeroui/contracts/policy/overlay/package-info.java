/**
 * What a tenant adds to the policies that are released for it: only what makes them stricter. Nobody signs an overlay, so by rule it can do nothing
 * else: whoever reads one takes the stricter of it and of what was signed. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.policy.overlay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
