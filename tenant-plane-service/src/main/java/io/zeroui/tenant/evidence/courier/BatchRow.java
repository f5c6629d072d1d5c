package io.zeroui.tenant.evidence.courier;

import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it is found.
 *
 * @param number order of the tenant's batches
 * @param contentHash of what the courier claimed
 * @param receipts how many
 * @param gaps numbers that are missing between its first and its last
 * @param gapBefore numbers that are missing between the emitter's batch before it and this one, as it is known now
 * @param file where its record is, relative to {@code ZU_ROOT}
 */
public record BatchRow(String batchId, long number, String emitterService, Instant timestamp, Hash merkleRoot,
        Hash contentHash, int receipts, long firstSequence, long lastSequence, List<Gap> gaps, @Nullable Gap gapBefore,
        Instant recordedAt, String file, long fileOffset, int lineLength) {

    /** Numbers that are missing, both ends among them. */
    public record Gap(long from, long to) {
    }

    public BatchRow {
        gaps = List.copyOf(gaps);
    }
}
