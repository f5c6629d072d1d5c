package io.zeroui.tenant.evidence.courier;

import java.util.List;

/**
 * What couriers brought of one emitter.
 *
 * @param batches how many batches
 * @param firstSequence the least number; 0 without batches
 * @param lastSequence the greatest number; 0 without batches
 * @param gaps numbers between these that no batch brought, the first ones
 * @param truncated whether there are more gaps
 */
public record EmitterRange(long batches, long firstSequence, long lastSequence, List<BatchRow.Gap> gaps, boolean truncated) {

    public EmitterRange {
        gaps = List.copyOf(gaps);
    }
}
