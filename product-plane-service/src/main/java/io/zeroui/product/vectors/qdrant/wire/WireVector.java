package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.zeroui.product.vectors.json.BodyReader;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.VectorProblem;
import org.jspecify.annotations.Nullable;

/** Vectors in requests. A collection has one, which has no name: Qdrant writes that name as an empty text. */
final class WireVector {

    private static final String NAMELESS = "";

    private WireVector() {
    }

    /** An array of numbers, or an object with that under the empty name. Its length is for the collection to check. */
    static float[] read(String member, JsonNode json) {
        JsonNode array = json;
        if (json.isObject()) {
            WireObject named = WireObject.of(member, json);
            array = named.find(NAMELESS);
            if (array == null) {
                throw VectorProblem.invalid(member, "must be an array of numbers: named, sparse and multiple vectors and inference are not served");
            }
            named.end();
        }
        float[] read = BodyReader.vector(array);
        int size = read == null ? array.size() : read.length;
        if (read == null && !array.isArray() || size == 0) {
            throw VectorProblem.invalid(member, "must be an array of numbers, with one at least");
        }
        if (size > CollectionSpec.DIMENSION_MOST) {
            throw VectorProblem.invalid(member, "must have at most " + CollectionSpec.DIMENSION_MOST + " components");
        }
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = finite(member, read == null ? component(member, array.get(i), i) : read[i], i);
        }
        return vector;
    }

    /** Whether a value is meant as a vector, and not as the id of a point. */
    static boolean isVector(JsonNode json) {
        return json.isArray() || json.isObject() || BodyReader.vector(json) != null;
    }

    /** What a search of the older endpoints looks for: a vector, or an object with the empty name and a vector. */
    static float[] readNamed(JsonNode json) {
        if (!json.isObject() || json.has(NAMELESS)) {
            return read("vector", json);
        }
        WireObject named = WireObject.of("vector", json);
        nameless(named.text("name"));
        float[] vector = read("vector", named.get("vector"));
        named.end();
        return vector;
    }

    /** Refuses every name but the empty one. */
    static void nameless(@Nullable String name) {
        if (name != null && !name.equals(NAMELESS)) {
            throw VectorProblem.invalid("using", "must be missing: the collection has one vector, without a name");
        }
    }

    /** The member {@code with_vector} as true or false: it may also be a list of names. */
    static @Nullable JsonNode wanted(@Nullable JsonNode withVector) {
        if (withVector == null || !withVector.isArray()) {
            return withVector;
        }
        withVector.forEach(name -> nameless(name.isTextual() ? name.textValue() : name.toString()));
        return BooleanNode.valueOf(!withVector.isEmpty());
    }

    private static float component(String member, JsonNode value, int at) {
        if (!value.isNumber()) {
            throw VectorProblem.invalid(member + "[" + at + "]", "must be a number");
        }
        return value.floatValue();
    }

    private static float finite(String member, float component, int at) {
        if (!Float.isFinite(component)) {
            throw VectorProblem.invalid(member + "[" + at + "]", "must be a number that fits into 32 bits");
        }
        return component;
    }
}
