package io.zeroui.product.policy.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.policy.PolicyLabels;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Content to begin a policy with.
 *
 * @param id kebab-case, at most 64 characters
 * @param type of the policies that are made from it
 * @param content of these, before what a draft changes in it
 * @param putBy who wrote it last
 * @param putAt when
 */
public record PolicyTemplate(String id, String type, ObjectNode content, String putBy, Instant putAt) {

    public PolicyTemplate {
        if (!PolicyLabels.isType(id) || !PolicyLabels.isType(type)) {
            throw new IllegalArgumentException("a template's id and type are kebab-case and have at most 64 characters");
        }
    }

    /** As it is kept and answered. */
    public ObjectNode write() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("template_id", id).put("type", type).put("put_by", putBy)
                .put("put_at", putAt.toString());
        node.set("content", content);
        return node;
    }

    /**
     * Reads {@link #write()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static PolicyTemplate read(JsonNode node) {
        if (!(node.get("content") instanceof ObjectNode content)) {
            throw new IllegalArgumentException("a template without content");
        }
        try {
            return new PolicyTemplate(node.path("template_id").asText(), node.path("type").asText(), content, node.path("put_by").asText(),
                    Instant.parse(node.path("put_at").asText()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a template with a time that is none", e);
        }
    }
}
