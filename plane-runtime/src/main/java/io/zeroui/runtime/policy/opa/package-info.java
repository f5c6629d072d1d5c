/**
 * What programs that fetch bundles say of themselves, in the form of OPA's status API: kept in memory, bounded, for the plane that was told.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.policy.opa;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
