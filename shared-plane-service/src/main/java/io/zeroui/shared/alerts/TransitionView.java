package io.zeroui.shared.alerts;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * A change of an alert.
 *
 * @param at when
 * @param number order among changes
 * @param rule name of the rule
 * @param severity {@code warning} or {@code critical}
 * @param plane key of the plane
 * @param instance that it is about
 * @param fromState {@code inactive}, {@code pending}, {@code firing} or {@code resolved}
 * @param toState likewise
 * @param figure in the rule's unit
 * @param threshold of the rule
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TransitionView(Instant at, long number, String rule, String severity, String plane, String instance, String fromState,
        String toState, double figure, double threshold) {
}
