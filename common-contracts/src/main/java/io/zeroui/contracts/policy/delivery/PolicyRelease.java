package io.zeroui.contracts.policy.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a release, kept as one file, so that replacing it is the one moment in which another release counts:
 * {@code {"roots":[…],"roots_then":1,"timestamp":…,"snapshot":…,"targets":…}}, each document as text.
 *
 * @param roots from the first that was believed to the newest
 * @param rootsThen how many of them were there when the release began to count
 * @param release the other three; null while there is no release
 */
public record PolicyRelease(List<byte[]> roots, int rootsThen, @Nullable Release release) {

    private static final JsonLimits LIMITS = new JsonLimits(32 << 20, 4, 16 << 20, 20, 4_096);

    public PolicyRelease {
        roots = List.copyOf(roots);
        if (rootsThen < 0 || rootsThen > roots.size()) {
            throw new IllegalArgumentException("a release of roots that are not there");
        }
    }

    /** Timestamp, snapshot and targets, as they were signed. */
    public record Release(byte[] timestamp, byte[] snapshot, byte[] targets) {
    }

    /** The file. */
    public byte[] write() {
        ObjectNode file = JsonNodeFactory.instance.objectNode().put("roots_then", rootsThen);
        roots.forEach(root -> file.withArray("roots").add(text(root)));
        Release known = release;
        if (known != null) {
            file.put("timestamp", text(known.timestamp())).put("snapshot", text(known.snapshot())).put("targets", text(known.targets()));
        }
        return CanonicalJson.of(file);
    }

    /**
     * Reads {@link #write()}; whether the documents are good is another question.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PolicyRelease read(byte[] file) {
        try {
            ObjectNode object = StrictJson.parseObject(file, LIMITS);
            List<byte[]> roots = new ArrayList<>();
            for (JsonNode root : object.path("roots")) {
                roots.add(bytes(root));
            }
            Release release = object.has("timestamp")
                    ? new Release(bytes(object.path("timestamp")), bytes(object.path("snapshot")), bytes(object.path("targets"))) : null;
            return new PolicyRelease(roots, object.path("roots_then").asInt(-1), release);
        } catch (InvalidJson e) {
            throw new IllegalArgumentException("not a release: " + e.getMessage(), e);
        }
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(JsonNode text) {
        if (!text.isTextual()) {
            throw new IllegalArgumentException("a release with something else than documents");
        }
        return text.textValue().getBytes(StandardCharsets.UTF_8);
    }
}
