/**
 * Feature flags: policies of the type {@code feature-flag} that count on this edge, evaluated for programs that speak OFREP, the remote
 * evaluation protocol of OpenFeature. Answered from memory, without database and network.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.flags;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
