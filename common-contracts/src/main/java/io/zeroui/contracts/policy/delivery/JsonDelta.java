package io.zeroui.contracts.policy.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.CompatibilityFlags;
import com.flipkart.zjsonpatch.DiffFlags;
import com.flipkart.zjsonpatch.JsonDiff;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Differences between two documents in canonical form (RFC 8785), as JSON Patch (RFC 6902) without {@code copy} and {@code move}: each
 * operation of those could double the document. Whoever applies one compares the result's hash with one that was signed.
 */
final class JsonDelta {

    /** Longer documents travel whole: comparing them takes too long. */
    static final int MAX_DOCUMENT = 512 << 10;
    private static final int MAX_OPERATIONS = 2_000;
    private static final JsonLimits LIMITS = new JsonLimits(8 << 20, 34, 262_144, 64, 500_000);
    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace", "test");
    private static final EnumSet<DiffFlags> PLAIN = EnumSet.of(DiffFlags.OMIT_MOVE_OPERATION, DiffFlags.OMIT_COPY_OPERATION,
            DiffFlags.OMIT_VALUE_ON_REMOVE);

    /** What is to be removed must be there, as RFC 6902 says; the library does not ask by default. */
    private static final EnumSet<CompatibilityFlags> STRICT = EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT);

    private JsonDelta() {
    }

    /** The delta that makes {@code to} of {@code from}; empty where the whole is not longer, or a document is not canonical or too long. */
    static Optional<String> of(byte[] from, byte[] to) {
        if (from.length > MAX_DOCUMENT || to.length > MAX_DOCUMENT) {
            return Optional.empty();
        }
        try {
            ObjectNode before = StrictJson.parseObject(from, LIMITS);
            ObjectNode after = StrictJson.parseObject(to, LIMITS);
            if (!Arrays.equals(CanonicalJson.of(after), to)) {
                return Optional.empty();
            }
            JsonNode patch = JsonDiff.asJson(before, after, PLAIN);
            String text = patch.toString();
            return patch.size() <= MAX_OPERATIONS && text.length() < to.length ? Optional.of(text) : Optional.empty();
        } catch (InvalidJson e) {
            return Optional.empty();
        }
    }

    /**
     * The document that the delta makes.
     *
     * @param patch from the way: anything
     * @throws IllegalArgumentException when it does not fit, or does what it must not
     */
    static byte[] apply(byte[] from, String patch) {
        try {
            ObjectNode wrapped = StrictJson.parseObject(("{\"patch\":" + patch + "}").getBytes(StandardCharsets.UTF_8), LIMITS);
            JsonNode operations = wrapped.path("patch");
            if (!operations.isArray() || operations.size() > MAX_OPERATIONS) {
                throw new IllegalArgumentException("not a delta, or too long");
            }
            for (JsonNode operation : operations) {
                if (!OPERATIONS.contains(operation.path("op").asText())) {
                    throw new IllegalArgumentException("a delta with the operation " + operation.path("op").asText());
                }
            }
            ObjectNode document = StrictJson.parseObject(from, LIMITS);
            JsonPatch.applyInPlace(operations, document, STRICT);
            return CanonicalJson.of(document);
        } catch (InvalidJson | JsonPatchApplicationException e) {
            throw new IllegalArgumentException("a delta that does not fit: " + e.getMessage(), e);
        }
    }
}
