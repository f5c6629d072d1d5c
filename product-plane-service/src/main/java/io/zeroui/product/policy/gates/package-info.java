/**
 * Rollouts that look after themselves: what the receipts say of released versions, and what is done about it. {@link
 * io.zeroui.product.policy.gates.RolloutLook} decides, without I/O. Reads {@code app.policy_counts} and removes its old rows; the counts
 * are written where receipts are counted.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy.gates;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
