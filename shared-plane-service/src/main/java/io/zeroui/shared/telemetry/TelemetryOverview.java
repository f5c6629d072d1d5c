package io.zeroui.shared.telemetry;

import java.util.List;

/**
 * All planes, in the order of a receipt's way.
 *
 * @param planes one element per plane, also for planes that never reported
 */
public record TelemetryOverview(List<PlaneHealth> planes) {
}
