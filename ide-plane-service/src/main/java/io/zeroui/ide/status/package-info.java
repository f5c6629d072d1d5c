/**
 * How this edge is doing: {@code GET /v1/status}, and its reports on stream {@code ide-telemetry}. Owns nothing.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.status;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
