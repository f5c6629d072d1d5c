package io.zeroui.shared.providers.index;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import java.time.Instant;

/**
 * A rule that counts.
 *
 * @param rule the rule
 * @param reason why
 * @param setAt since when in this version
 * @param setBy who set it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RuleRow(ProviderRule rule, String reason, Instant setAt, String setBy) {
}
