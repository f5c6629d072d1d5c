package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * One verification.
 *
 * @param number of the act by which the result came
 * @param trustVersion under which trust root; 0 for nobody's
 * @param verified what it found
 * @param result its reasons, signers and time of signing
 * @param checkedBy which caller asked for it, or the plane itself
 * @param checkedAt when it was made
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ResultView(long number, long trustVersion, boolean verified, JsonNode result, String checkedBy, Instant checkedAt) {
}
