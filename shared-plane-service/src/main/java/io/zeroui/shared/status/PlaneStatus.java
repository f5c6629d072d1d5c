package io.zeroui.shared.status;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.events.TelemetryReport;

/**
 * The state of the shared plane.
 *
 * @param report what is also sent over the bus: state, counts and channels
 * @param schema version of the schema, or what is being waited for
 * @param caughtUp whether the tables have every act of the journals
 * @param failure why they do not follow; empty where they do
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PlaneStatus(TelemetryReport report, String schema, boolean caughtUp, String failure) {
}
