/**
 * Telemetry of all planes. Reads the streams {@code ide-telemetry}, {@code tenant-telemetry}, {@code product-telemetry}
 * and {@code shared-telemetry}; owns the tables {@code app.telemetry_reports} (newest report per instance) and
 * {@code app.telemetry_history} (thinned, in partitions by month, deleted after a while).
 *
 * <p>Only the declared members of a report are kept, and only where they are names, states, times and whole numbers: no
 * free text, so no payload can come in with them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.telemetry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
