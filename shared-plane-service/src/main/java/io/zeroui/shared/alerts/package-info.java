/**
 * Alerts about what the planes report. Reads {@code app.telemetry_reports}; owns the tables {@code app.alerts} (how each alert stands) and
 * {@code app.alert_transitions} (every change, in partitions by month). All state is in the database: a restart forgets nothing, and of
 * several instances of this service one at a time looks.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.alerts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
