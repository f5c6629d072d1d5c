/**
 * A tenant's policies from its mirror, for programs that know OPA's interfaces and run where no edge is: bundles, and status reports, which
 * are kept in memory.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.policy.opa;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
