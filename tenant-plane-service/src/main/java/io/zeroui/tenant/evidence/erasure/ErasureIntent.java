package io.zeroui.tenant.evidence.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct.Erasure;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an erasure will do to files, so that it can be done again. It has nothing of what is erased.
 *
 * @param id of the erasure
 * @param from where the journal ended before: the tombstones come behind it
 * @param tombstones to be journaled
 * @param writes bytes that take the place of others
 */
record ErasureIntent(String id, @Nullable JournalPosition from, List<Erasure> tombstones, List<Overwrite> writes) {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    ErasureIntent {
        tombstones = List.copyOf(tombstones);
        writes = List.copyOf(writes);
    }

    /**
     * Bytes for a place of a file.
     *
     * @param file relative to {@code ZU_ROOT}
     * @param offset the first byte
     * @param text in UTF-8 as many bytes as stand there now
     */
    record Overwrite(String file, long offset, String text) {

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    byte[] json() {
        ObjectNode intent = JSON.createObjectNode().put("v", VERSION).put("erasure_id", id);
        if (from != null) {
            intent.put("journal_day", from.day().toString()).put("journal_offset", from.offset());
        }
        ArrayNode statements = intent.putArray("tombstones");
        tombstones.forEach(tombstone -> statements.add(ActCodec.write(tombstone)));
        ArrayNode places = intent.putArray("writes");
        for (Overwrite write : writes) {
            places.addObject().put("file", write.file()).put("offset", write.offset()).put("text", write.text());
        }
        try {
            return JSON.writeValueAsBytes(intent);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object can always be written", e);
        }
    }

    /** @throws IOException when the bytes are no intent of a known version */
    static ErasureIntent read(byte[] json) throws IOException {
        JsonNode intent = JSON.readTree(json);
        if (intent.path("v").asInt() != VERSION) {
            throw new IOException("an erasure of version " + intent.path("v").asInt());
        }
        JournalPosition from = intent.hasNonNull("journal_day")
                ? new JournalPosition(LocalDate.parse(intent.path("journal_day").asText()), intent.path("journal_offset").asLong())
                : null;
        List<Erasure> tombstones = new ArrayList<>();
        for (JsonNode statement : intent.path("tombstones")) {
            if (!(ActCodec.read(statement.asText()) instanceof Erasure tombstone)) {
                throw new IOException("an erasure with another act than a tombstone");
            }
            tombstones.add(tombstone);
        }
        List<Overwrite> writes = new ArrayList<>();
        intent.path("writes").forEach(write -> writes.add(new Overwrite(write.path("file").asText(),
                write.path("offset").asLong(), write.path("text").asText())));
        return new ErasureIntent(intent.path("erasure_id").asText(), from, tombstones, writes);
    }
}
