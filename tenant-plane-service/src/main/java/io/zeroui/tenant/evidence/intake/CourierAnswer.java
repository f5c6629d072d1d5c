package io.zeroui.tenant.evidence.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.courier.BatchRow;
import io.zeroui.tenant.evidence.courier.BatchRow.Gap;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A courier batch whose receipts are all in the ledger.
 *
 * @param merkleRoot {@code sha256:{hex}}
 * @param receipts how many
 * @param gaps sequence numbers that are missing between its first and its last, both ends of each gap among them
 * @param gapBefore numbers that are missing between the emitter's batch before it and this one, as it is known now
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CourierAnswer(String batchId, String tenantId, String emitterService, Instant timestamp, String merkleRoot,
        int receipts, long firstSequence, long lastSequence, List<Gap> gaps, @Nullable Gap gapBefore, Instant recordedAt) {

    public CourierAnswer {
        gaps = List.copyOf(gaps);
    }

    static CourierAnswer of(TenantId tenant, BatchRow row) {
        return new CourierAnswer(row.batchId(), tenant.value(), row.emitterService(), row.timestamp(),
                row.merkleRoot().prefixed(), row.receipts(), row.firstSequence(), row.lastSequence(), row.gaps(),
                row.gapBefore(), row.recordedAt());
    }
}
