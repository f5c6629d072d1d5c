package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.guard.TenantDataRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request. What is unknown, missing or of another type is refused with 400 by its name. */
public final class Wish {

    private static final JsonLimits LIMITS = new JsonLimits(256 << 10, 16, 16 << 10, 64, 8_192);
    private static final int LIST_MOST = 200;

    private final ObjectNode object;
    private final String at;

    private Wish(ObjectNode object, String at, Set<String> members) {
        this.object = object;
        this.at = at;
        object.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw EvaluationProblem.invalid(at.isEmpty() ? "body" : at.substring(0, at.length() - 1),
                        "may have the members " + String.join(", ", new TreeSet<>(members)));
            }
        });
    }

    /**
     * A body, which has no members but these.
     *
     * @throws io.zeroui.runtime.problems.ProblemException 400 when it is none, or has a tenant's data in it
     */
    public static Wish parse(byte @Nullable [] body, String... members) {
        try {
            ObjectNode object = StrictJson.parseObject(oneLine(body == null ? new byte[0] : body), LIMITS);
            TenantDataRule.find(object).ifPresent(found -> {
                throw EvaluationProblem.invalid(found.path().isEmpty() ? "body" : found.path(), "must have no tenants' data in it: " + found.what());
            });
            return new Wish(object, "", Set.of(members));
        } catch (InvalidJson e) {
            throw EvaluationProblem.invalid("body", "is refused: " + e.detail());
        }
    }

    /** What is kept is one line; people write several. A line feed within a text is escaped in JSON. */
    private static byte[] oneLine(byte[] body) {
        byte[] line = body.clone();
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
        }
        return line;
    }

    /** The body itself. */
    public ObjectNode object() {
        return object;
    }

    /** Whether a member is there and not null. */
    public boolean has(String member) {
        return object.hasNonNull(member);
    }

    /** A text of 1 to so many characters, which must be there. */
    public String text(String member, int most) {
        return required(member, text(member, most, ""));
    }

    private String required(String member, String text) {
        if (text.isBlank()) {
            throw EvaluationProblem.invalid(at + member, "is required");
        }
        return text;
    }

    /** A text; the other one where it is not there. */
    public String text(String member, int most, String otherwise) {
        JsonNode value = object.path(member);
        if (!object.hasNonNull(member)) {
            return otherwise;
        }
        if (!value.isTextual() || value.textValue().length() > most) {
            throw EvaluationProblem.invalid(at + member, "must be a text of at most " + most + " characters");
        }
        return value.textValue();
    }

    /** A number. */
    public double number(String member, double least, double most) {
        JsonNode value = object.path(member);
        if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw EvaluationProblem.invalid(at + member, "must be a number from " + least + " to " + most);
        }
        return value.doubleValue();
    }

    /** A whole number. */
    public long whole(String member, long least, long most) {
        JsonNode value = object.path(member);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            throw EvaluationProblem.invalid(at + member, "must be a whole number from " + least + " to " + most);
        }
        return value.longValue();
    }

    /** A truth; false where it is not there. */
    public boolean truth(String member) {
        JsonNode value = object.path(member);
        if (object.hasNonNull(member) && !value.isBoolean()) {
            throw EvaluationProblem.invalid(at + member, "must be true or false");
        }
        return value.booleanValue();
    }

    /** An object, which must be there and has no members but these. */
    public Wish inner(String member, String... members) {
        if (!(object.path(member) instanceof ObjectNode inner)) {
            throw EvaluationProblem.invalid(at + member, "must be an object");
        }
        return new Wish(inner, at + member + ".", Set.of(members));
    }

    /** The objects of a list, which have no members but these. */
    public List<Wish> list(String member, String... members) {
        JsonNode list = object.path(member);
        if (!list.isArray() || list.isEmpty() || list.size() > LIST_MOST) {
            throw EvaluationProblem.invalid(at + member, "must be a list of 1 to " + LIST_MOST + " objects");
        }
        List<Wish> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String place = at + member + "[" + i + "]";
            if (!(list.get(i) instanceof ObjectNode one)) {
                throw EvaluationProblem.invalid(place, "must be an object");
            }
            all.add(new Wish(one, place + ".", Set.of(members)));
        }
        return all;
    }
}
