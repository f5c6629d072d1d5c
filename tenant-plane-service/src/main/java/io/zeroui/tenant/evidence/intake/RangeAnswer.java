package io.zeroui.tenant.evidence.intake;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.tenant.evidence.courier.BatchRow.Gap;
import io.zeroui.tenant.evidence.courier.EmitterRange;
import java.util.List;

/**
 * What couriers brought of an emitter.
 *
 * @param gaps sequence numbers between the first and the last that no batch brought, both ends of each gap among them
 * @param truncated whether there are more gaps
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RangeAnswer(String emitterService, long batches, long firstSequence, long lastSequence, List<Gap> gaps,
        boolean truncated) {

    public RangeAnswer {
        gaps = List.copyOf(gaps);
    }

    static RangeAnswer of(String emitterService, EmitterRange range) {
        return new RangeAnswer(emitterService, range.batches(), range.firstSequence(), range.lastSequence(), range.gaps(),
                range.truncated());
    }
}
