/**
 * On what terms policies are released: which edges a version is for, what happens where it is missing, and which of several versions
 * an edge takes. The terms are the {@code custom} object of a target, so the product plane's signature covers them. Also how a release
 * looks after itself, its gate and steps, which edges do not see. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.policy.release;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
