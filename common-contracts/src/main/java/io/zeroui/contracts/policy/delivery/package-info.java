/**
 * How released policies travel: from the product plane to a tenant's mirror, and from there to its edges, the same way both times. Who
 * has them pushes what changed, with deltas against what the other side should have; who lacks something asks and says what it
 * has. The receiver believes nothing of the way, only what {@code contracts.policy.trust} proves. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.policy.delivery;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
