package io.zeroui.contracts.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import java.util.Arrays;
import java.util.Optional;

/**
 * What stands in an evidence file in the place of an erased line: {@code {"erased":1,"receipt_id":…,"chain_id":…}} and spaces,
 * as many bytes as the line had, so that no other line moves. It is no receipt, for those have a signature; readers pass over it.
 *
 * @param receiptId the receipt that was there
 * @param chainId the hash chain in which it keeps its place; empty where it has none
 */
public record ErasedLine(ReceiptId receiptId, String chainId) {

    private static final int VERSION = 1;
    private static final int MEMBERS = 3;
    /** No receipt begins like this and is one. */
    private static final byte[] BEGIN = {'{', '"', 'e', 'r', 'a', 's', 'e', 'd', '"', ':'};
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    /**
     * Its bytes.
     *
     * @param length of the line that was there
     * @throws IllegalArgumentException when there is not so much room; a receipt is always longer
     */
    public byte[] bytes(int length) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("erased", VERSION).put("receipt_id", receiptId.value())
                .put("chain_id", chainId);
        try {
            return padded(WRITER.writeValueAsBytes(line), length);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a flat object can always be written", e);
        }
    }

    /** Reads a line of an evidence file; empty when it is something else. */
    public static Optional<ErasedLine> read(byte[] line) {
        if (line.length < BEGIN.length || !Arrays.equals(line, 0, BEGIN.length, BEGIN, 0, BEGIN.length)) {
            return Optional.empty();
        }
        try {
            ObjectNode object = StrictJson.parseObject(line, JsonLimits.RECEIPT);
            if (object.size() != MEMBERS || object.path("erased").asInt() != VERSION) {
                return Optional.empty();
            }
            return Optional.of(new ErasedLine(ReceiptId.of(object.path("receipt_id").asText()), object.path("chain_id").asText()));
        } catch (InvalidJson | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text and spaces behind it. */
    static byte[] padded(byte[] text, int length) {
        if (text.length > length) {
            throw new IllegalArgumentException(text.length + " bytes do not go into the place of " + length);
        }
        byte[] padded = Arrays.copyOf(text, length);
        Arrays.fill(padded, text.length, length, (byte) ' ');
        return padded;
    }
}
