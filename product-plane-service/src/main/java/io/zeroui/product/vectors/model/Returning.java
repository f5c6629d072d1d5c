package io.zeroui.product.vectors.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a point is returned.
 *
 * @param payload whether any of the payload is
 * @param include paths of the only members; empty for all
 * @param exclude paths of members that are left out
 * @param vector whether the vector is
 */
public record Returning(boolean payload, List<String> include, List<String> exclude, boolean vector) {

    /** Ids alone. */
    public static final Returning NOTHING = new Returning(false, List.of(), List.of(), false);
    /** All of the payload. */
    public static final Returning PAYLOAD = new Returning(true, List.of(), List.of(), false);
    /** Payload and vector. */
    public static final Returning EVERYTHING = new Returning(true, List.of(), List.of(), true);

    private static final int PATHS_MOST = 256;

    public Returning {
        if (include.size() > PATHS_MOST || exclude.size() > PATHS_MOST) {
            throw VectorProblem.invalid("with_payload", "must name at most " + PATHS_MOST + " paths");
        }
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /**
     * What requests say.
     *
     * @param withPayload true, false, a list of paths, or an object with {@code include} or {@code exclude}; null for {@code usual}
     * @param withVector true or false; null for false
     * @param usual whether the payload is returned where nothing is said
     */
    public static Returning of(@Nullable JsonNode withPayload, @Nullable JsonNode withVector, boolean usual) {
        boolean vector = withVector != null && !withVector.isNull() && bool("with_vector", withVector);
        if (withPayload == null || withPayload.isNull()) {
            return new Returning(usual, List.of(), List.of(), vector);
        }
        if (withPayload.isArray()) {
            return new Returning(!withPayload.isEmpty(), paths(withPayload), List.of(), vector);
        }
        if (withPayload.isObject()) {
            return new Returning(true, paths(withPayload.path("include")), paths(withPayload.path("exclude")), vector);
        }
        return new Returning(bool("with_payload", withPayload), List.of(), List.of(), vector);
    }

    /** The payload as it is returned; null for none. */
    public @Nullable ObjectNode select(ObjectNode whole) {
        if (!payload) {
            return null;
        }
        ObjectNode selected = include.isEmpty() ? whole : JsonNodeFactory.instance.objectNode();
        for (String path : include) {
            copy(whole, selected, path.split("\\.", -1), 0);
        }
        for (String path : exclude) {
            remove(selected, path.split("\\.", -1), 0);
        }
        return selected;
    }

    private static void copy(JsonNode from, ObjectNode to, String[] path, int at) {
        JsonNode value = from.get(path[at]);
        if (value == null) {
            return;
        }
        if (at == path.length - 1) {
            to.set(path[at], value);
        } else if (value.isObject()) {
            JsonNode there = to.get(path[at]);
            copy(value, there instanceof ObjectNode object ? object : to.putObject(path[at]), path, at + 1);
        }
    }

    private static void remove(JsonNode from, String[] path, int at) {
        if (!(from instanceof ObjectNode object)) {
            return;
        }
        if (at == path.length - 1) {
            object.remove(List.of(path[at]));
        } else if (object.get(path[at]) != null) {
            remove(object.get(path[at]), path, at + 1);
        }
    }

    private static List<String> paths(JsonNode list) {
        List<String> paths = new ArrayList<>();
        for (JsonNode path : list) {
            if (!path.isTextual() || path.textValue().length() > 512) {
                throw VectorProblem.invalid("with_payload", "must be true, false, or list paths of at most 512 characters");
            }
            paths.add(path.textValue());
        }
        return paths;
    }

    private static boolean bool(String member, JsonNode value) {
        if (!value.isBoolean()) {
            throw VectorProblem.invalid(member, "must be true or false" + (member.equals("with_payload") ? ", or list paths" : ""));
        }
        return value.booleanValue();
    }
}
