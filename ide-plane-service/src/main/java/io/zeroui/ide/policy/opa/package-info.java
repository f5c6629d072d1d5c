/**
 * The policies that count on this edge, for programs that know OPA's interfaces: bundles, made from memory without database and network, and
 * status reports, kept in memory.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.policy.opa;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
