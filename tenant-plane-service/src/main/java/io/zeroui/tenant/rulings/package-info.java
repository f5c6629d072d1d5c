/**
 * What the shared plane has ruled, for this plane's tenants: reads the stream {@code shared-registry}, and answers from the verified copy
 * that {@link io.zeroui.runtime.rulings.KnownRulings} keeps.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.rulings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
