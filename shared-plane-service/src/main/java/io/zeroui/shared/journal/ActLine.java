package io.zeroui.shared.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.receipts.Hash;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * An act as a line: canonical JSON (RFC 8785) of {@code {"at":…,"by":…,"detail":{…},"kind":…,"number":…,"previous":"sha256:…"}}.
 *
 * @param act the act
 * @param previous SHA-256 of the line before it, without its line feed; zeros before the first
 * @param hash SHA-256 of this line, without its line feed
 */
record ActLine(Act act, Hash previous, Hash hash) {

    /** Limits of one line: 1 MiB, depth 40, strings of 256 Ki, 65,536 members. */
    static final JsonLimits LIMITS = new JsonLimits(1 << 20, 40, 1 << 18, 64, 65_536);

    /** The bytes of an act's line, without a line feed. */
    static byte[] write(Act act, Hash previous) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("number", act.number()).put("at", act.at().toString())
                .put("by", act.by()).put("kind", act.kind()).put("previous", previous.prefixed());
        line.set("detail", act.detail());
        return CanonicalJson.of(line);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none
     */
    static ActLine read(byte[] bytes) {
        try {
            ObjectNode line = StrictJson.parseObject(bytes, LIMITS);
            JsonNode number = line.path("number");
            if (!number.isIntegralNumber() || !number.canConvertToLong() || !(line.path("detail") instanceof ObjectNode detail)) {
                throw new IllegalArgumentException("no act: number or detail is missing");
            }
            Act act = new Act(number.longValue(), Instant.parse(text(line, "at")), text(line, "by"), text(line, "kind"), detail);
            return new ActLine(act, Hash.parse(text(line, "previous")), Hash.of(bytes));
        } catch (InvalidJson | DateTimeException e) {
            throw new IllegalArgumentException("no act: " + e.getMessage(), e);
        }
    }

    private static String text(ObjectNode line, String member) {
        JsonNode value = line.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("no act: " + member + " is missing");
        }
        return value.textValue();
    }
}
