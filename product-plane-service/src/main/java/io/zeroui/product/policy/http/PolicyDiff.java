package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.flipkart.zjsonpatch.JsonDiff;

/** What changed between two contents, as a JSON Patch (RFC 6902). */
final class PolicyDiff {

    /** Comparing arrays takes time by the product of their lengths. */
    private static final int ELEMENTS_MOST = 2_000;

    private PolicyDiff() {
    }

    /** The patch that makes one of the other; the whole of it in one step where long arrays would take too long to compare. */
    static JsonNode between(JsonNode from, JsonNode to) {
        if (elements(from) <= ELEMENTS_MOST && elements(to) <= ELEMENTS_MOST) {
            return JsonDiff.asJson(from, to);
        }
        return from.equals(to) ? JsonNodeFactory.instance.arrayNode()
                : JsonNodeFactory.instance.arrayNode()
                        .add(JsonNodeFactory.instance.objectNode().put("op", "replace").put("path", "").set("value", to));
    }

    private static long elements(JsonNode node) {
        long elements = node.isArray() ? node.size() : 0;
        for (JsonNode child : node) {
            elements += elements(child);
        }
        return elements;
    }
}
