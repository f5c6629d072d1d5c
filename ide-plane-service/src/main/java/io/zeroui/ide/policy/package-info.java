/**
 * The policies that count on this edge: consumes {@code tenant-policy}, keeps what is verified in {@code ide/policy/(release|cache)}, points to
 * what is active in {@code ide/policy/current}, and says on {@code ide-policy-questions} what it has. Works without database and network.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
