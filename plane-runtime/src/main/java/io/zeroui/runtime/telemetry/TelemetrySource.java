package io.zeroui.runtime.telemetry;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/** A capability's own figures; every bean of this type is asked for each report. Names are snake_case, values counts. */
public interface TelemetrySource {

    /** Figures by name; a failure leaves them out of the report and says so in its state. */
    Uni<Map<String, Long>> counts();
}
