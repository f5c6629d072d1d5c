/**
 * How the shared plane itself is doing: {@code GET /v1/status} and the channel {@code shared-telemetry}. Owns no table.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.status;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
