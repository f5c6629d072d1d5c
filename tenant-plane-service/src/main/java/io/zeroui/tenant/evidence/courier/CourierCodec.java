package io.zeroui.tenant.evidence.courier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The record of a batch as a line of JSON: {@code v} (1), {@code number}, {@code batch_id}, {@code emitter_service},
 * {@code timestamp}, {@code merkle_root}, {@code recorded_at}, and {@code receipts}, for each its {@code id}, {@code seq} and
 * {@code leaf} (the RFC 6962 leaf hash of its line). A reader ignores members that it does not know.
 */
final class CourierCodec {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private CourierCodec() {
    }

    /** The line without its line feed. */
    static byte[] write(CourierBatch batch) {
        CourierClaims claims = batch.claims();
        ObjectNode line = JsonNodeFactory.instance.objectNode()
                .put("v", VERSION)
                .put("number", batch.number())
                .put("batch_id", claims.batchId())
                .put("emitter_service", claims.emitterService())
                .put("timestamp", claims.timestamp().toString())
                .put("merkle_root", claims.merkleRoot().hex())
                .put("recorded_at", batch.recordedAt().toString());
        ArrayNode receipts = line.putArray("receipts");
        for (int i = 0; i < batch.receipts().size(); i++) {
            receipts.addObject().put("id", batch.receipts().get(i).value()).put("seq", claims.sequences().get(i))
                    .put("leaf", batch.leaves().get(i).hex());
        }
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("such an object can always be written", e);
        }
    }

    /**
     * The batch of a line.
     *
     * @throws IllegalArgumentException when the line is no record of a known version
     */
    static CourierBatch read(byte[] line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json == null || json.path("v").asInt() != VERSION) {
                throw new IllegalArgumentException("no record of a courier batch");
            }
            List<ReceiptId> ids = new ArrayList<>();
            List<Long> sequences = new ArrayList<>();
            List<Hash> leaves = new ArrayList<>();
            for (JsonNode receipt : json.path("receipts")) {
                ids.add(ReceiptId.of(receipt.path("id").asText()));
                sequences.add(receipt.path("seq").asLong());
                leaves.add(Hash.parse(receipt.path("leaf").asText()));
            }
            return new CourierBatch(json.path("number").asLong(),
                    new CourierClaims(json.path("batch_id").asText(), json.path("emitter_service").asText(),
                            Instant.parse(json.path("timestamp").asText()), sequences,
                            Hash.parse(json.path("merkle_root").asText())),
                    ids, leaves, Instant.parse(json.path("recorded_at").asText()));
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("no record of a courier batch: " + e.getMessage(), e);
        }
    }
}
