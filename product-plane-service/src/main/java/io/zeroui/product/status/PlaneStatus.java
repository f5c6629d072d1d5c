package io.zeroui.product.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.product.policy.LifecycleStatus;
import io.zeroui.product.reports.CountTotals;
import org.jspecify.annotations.Nullable;

/**
 * The state of the product plane.
 *
 * @param report what is also sent to the shared plane: state, counts and channels
 * @param schema version of the schema, or what is being waited for
 * @param witness the verifier key of the witness of the tenants' logs, or why there is none
 * @param policies how the policies' publication and index are
 * @param evidence what has been counted; absent while the database does not answer
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlaneStatus(TelemetryReport report, String schema, String witness, LifecycleStatus policies,
        @Nullable CountTotals evidence) {
}
