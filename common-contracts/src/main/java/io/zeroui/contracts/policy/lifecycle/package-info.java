/**
 * The life of a policy's version: draft, review, approval, release, and how it ends. A tenant's history is a list of acts, each
 * numbered and with who, when and why; {@link io.zeroui.contracts.policy.lifecycle.PolicyBook} replays it, refuses every act that is
 * not allowed, and says which versions edges shall have. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.policy.lifecycle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
