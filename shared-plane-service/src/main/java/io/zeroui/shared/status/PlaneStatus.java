package io.zeroui.shared.status;

import io.zeroui.contracts.events.TelemetryReport;

/**
 * The state of the shared plane.
 *
 * @param report what is also sent over the bus: state, counts and channels
 * @param schema version of the schema, or what is being waited for
 */
public record PlaneStatus(TelemetryReport report, String schema) {
}
