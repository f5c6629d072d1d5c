package io.zeroui.tenant.evidence.courier;

import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a courier says of a batch.
 *
 * @param batchId its name
 * @param emitterService whose sequence numbers they are
 * @param timestamp when the courier made it
 * @param sequences one number for each receipt, each greater than the one before
 * @param merkleRoot root hash (RFC 6962) over the receipts' lines, in their order
 */
public record CourierClaims(String batchId, String emitterService, Instant timestamp, List<Long> sequences, Hash merkleRoot) {

    public CourierClaims {
        sequences = List.copyOf(sequences);
    }

    /** SHA-256 of all of it: the same for the same batch. The root stands for the receipts. */
    public Hash contentHash() {
        String text = String.join("\n", batchId, emitterService, timestamp.toString(), merkleRoot.hex(),
                sequences.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return Hash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The least number. */
    long first() {
        return sequences.get(0);
    }

    /** The greatest number. */
    long last() {
        return sequences.get(sequences.size() - 1);
    }

    /** The numbers as PostgreSQL writes a multirange. */
    String multirange() {
        StringBuilder text = new StringBuilder("{");
        long from = first();
        long before = from;
        for (long sequence : sequences.subList(1, sequences.size())) {
            if (sequence != before + 1) {
                text.append('[').append(from).append(',').append(before + 1).append("),");
                from = sequence;
            }
            before = sequence;
        }
        return text.append('[').append(from).append(',').append(before + 1).append(")}").toString();
    }
}
