package io.zeroui.product.witness;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the witness knows of one log.
 *
 * @param tenantId whose log
 * @param origin its name
 * @param logKey vkey that its checkpoints must be signed with
 * @param size of the last checkpoint that was witnessed
 * @param rootHash of it, base64
 * @param witnessedAt when that was
 * @param offeredKey the last other key that an offer was refused for; null for none
 * @param acceptedAt when an operator accepted the present key; null where it is the first one
 * @param acceptedBy who that was
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WitnessedLog(String tenantId, String origin, String logKey, long size, String rootHash, Instant witnessedAt,
        @Nullable String offeredKey, @Nullable Instant acceptedAt, @Nullable String acceptedBy) {
}
