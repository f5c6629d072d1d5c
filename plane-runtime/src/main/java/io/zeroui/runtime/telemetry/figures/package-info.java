/**
 * What every plane measures of itself: connections, cache hits, replicas and size of its database, how long requests take and how
 * many fail, how fast the error budget burns, how old the newest backup is, how full the disk of {@code ZU_ROOT} and Redis are.
 * Whole numbers by name for the telemetry report, and the same as metrics; never a payload. Owns no table, reads the server's statistics.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.telemetry.figures;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
