/**
 * Whether a receipt can have been made under the policies that it names: a tenant's history of releases, with what edges reported of
 * them, and the judgement of a claim by it. What edges may have had without anybody's knowledge is never held against them. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.policy.claims;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
