/**
 * What a plane tells about its own health: states, lags and counts, never a payload. Writes the plane's telemetry channel.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.telemetry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
