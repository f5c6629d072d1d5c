package io.zeroui.shared.alerts;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * How an alert stands.
 *
 * @param rule name of the rule
 * @param severity {@code warning} or {@code critical}
 * @param state {@code pending}, {@code firing} or {@code resolved}
 * @param plane key of the plane
 * @param instance that it is about
 * @param since since when it is in that state
 * @param seenAt when the figure was seen last
 * @param figure as it was then, in the rule's unit
 * @param threshold that was crossed
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AlertView(String rule, String severity, String state, String plane, String instance, Instant since, Instant seenAt, double figure,
        double threshold) {
}
