package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zeroui.product.vectors.model.VectorProblem;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object of a request. What is not read until {@link #end} is refused, so that nothing is dropped in silence; null is nothing. */
final class WireObject {

    private final String name;
    private final JsonNode json;
    private final Set<String> read = new HashSet<>();

    private WireObject(String name, JsonNode json) {
        this.name = name;
        this.json = json;
    }

    /** The object of that name; 400 where it is something else. */
    static WireObject of(String name, @Nullable JsonNode json) {
        if (json == null || !json.isObject()) {
            throw VectorProblem.invalid(name, "must be an object");
        }
        return new WireObject(name, json);
    }

    /** The member; null where it is missing or null. */
    @Nullable JsonNode find(String member) {
        read.add(member);
        JsonNode value = json.get(member);
        return value == null || value.isNull() ? null : value;
    }

    /** The member; 400 where it is missing or null. */
    JsonNode get(String member) {
        JsonNode value = find(member);
        if (value == null) {
            throw VectorProblem.invalid(member, "is missing");
        }
        return value;
    }

    /** A text; null where it is missing. */
    @Nullable String findText(String member) {
        JsonNode value = find(member);
        if (value != null && !value.isTextual()) {
            throw VectorProblem.invalid(member, "must be a text");
        }
        return value == null ? null : value.textValue();
    }

    /** A text that is there. */
    String text(String member) {
        String text = findText(member);
        if (text == null) {
            throw VectorProblem.invalid(member, "is missing");
        }
        return text;
    }

    /** A whole number; {@code usual} where it is missing. */
    int whole(String member, int usual) {
        Integer value = findWhole(member);
        return value == null ? usual : value;
    }

    /** A whole number; null where it is missing. */
    @Nullable Integer findWhole(String member) {
        JsonNode value = find(member);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || value.bigIntegerValue().signum() < 0) {
            throw VectorProblem.invalid(member, "must be a whole number from 0");
        }
        return value.canConvertToInt() ? value.intValue() : Integer.MAX_VALUE;
    }

    /** A number; null where it is missing. */
    @Nullable Double findNumber(String member) {
        JsonNode value = find(member);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw VectorProblem.invalid(member, "must be a number");
        }
        return value.doubleValue();
    }

    /** A truth; {@code usual} where it is missing. */
    boolean truth(String member, boolean usual) {
        JsonNode value = find(member);
        if (value != null && !value.isBoolean()) {
            throw VectorProblem.invalid(member, "must be true or false");
        }
        return value == null ? usual : value.booleanValue();
    }

    /** Members that say how to store or how to hurry, and change no answer: they may be there. */
    @CanIgnoreReturnValue
    WireObject hints(String... members) {
        read.addAll(Set.of(members));
        return this;
    }

    /** Refuses a member that would change what is done. */
    @CanIgnoreReturnValue
    WireObject unserved(String... members) {
        for (String member : members) {
            if (find(member) != null) {
                throw VectorProblem.invalid(member, "is not served");
            }
        }
        return this;
    }

    /** Whether the object has that member, and not null. */
    boolean has(String member) {
        return json.hasNonNull(member);
    }

    /** Refuses the members that nobody has read. */
    void end() {
        for (Iterator<String> names = json.fieldNames(); names.hasNext();) {
            String member = names.next();
            if (!read.contains(member) && !json.path(member).isNull()) {
                throw VectorProblem.invalid(shortened(member), "is not known in " + name);
            }
        }
    }

    private static String shortened(String member) {
        return member.length() > 64 ? member.substring(0, 64) + "…" : member;
    }
}
