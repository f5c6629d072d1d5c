package io.zeroui.contracts.receipts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Typed reading of an object's members; every refusal names the path. */
final class Members {

    private static final int MAX_LABEL_LENGTH = 256;
    private static final int MAX_LIST_LENGTH = 1_000;

    private final ObjectNode object;
    private final String path;

    Members(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** Any string. */
    @CanIgnoreReturnValue
    String text(String name) throws ReceiptRefused {
        return requireText(name, require(name));
    }

    @CanIgnoreReturnValue
    @Nullable
    String optionalText(String name) throws ReceiptRefused {
        JsonNode value = find(name);
        return value == null ? null : requireText(name, value);
    }

    /** A short string that can be a key in an index: not empty, no control characters. */
    String label(String name) throws ReceiptRefused {
        return requireLabel(name, text(name));
    }

    @Nullable
    String optionalLabel(String name) throws ReceiptRefused {
        String value = optionalText(name);
        return value == null ? null : requireLabel(name, value);
    }

    /** For a member that was once unknown, so that receipts were taken with anything in it: its label, else null. */
    @Nullable
    String labelOrNull(String name) {
        JsonNode value = find(name);
        return value != null && value.isTextual() && labelFault(value.textValue()) == null ? value.textValue() : null;
    }

    /** A string with a grammar of its own. */
    @CanIgnoreReturnValue
    <T> T parsed(String name, Function<String, T> parser) throws ReceiptRefused {
        return parse(name, text(name), parser);
    }

    @CanIgnoreReturnValue
    <T> @Nullable T optionalParsed(String name, Function<String, T> parser) throws ReceiptRefused {
        String value = optionalText(name);
        return value == null ? null : parse(name, value, parser);
    }

    /** One of the words. */
    @CanIgnoreReturnValue
    String oneOf(String name, Set<String> words) throws ReceiptRefused {
        return requireOneOf(name, text(name), words);
    }

    @CanIgnoreReturnValue
    @Nullable
    String optionalOneOf(String name, Set<String> words) throws ReceiptRefused {
        String value = optionalText(name);
        return value == null ? null : requireOneOf(name, value, words);
    }

    long integer(String name) throws ReceiptRefused {
        JsonNode value = require(name);
        if (!value.isIntegralNumber()) {
            throw wrongType(name, "an integer");
        }
        if (!value.canConvertToLong()) {
            throw invalid(name, "must fit in 64 bits");
        }
        return value.longValue();
    }

    boolean bool(String name) throws ReceiptRefused {
        JsonNode value = require(name);
        if (!value.isBoolean()) {
            throw wrongType(name, "a boolean");
        }
        return value.booleanValue();
    }

    @CanIgnoreReturnValue
    Members object(String name) throws ReceiptRefused {
        return asObject(name, require(name));
    }

    @CanIgnoreReturnValue
    @Nullable
    Members optionalObject(String name) throws ReceiptRefused {
        JsonNode value = find(name);
        return value == null ? null : asObject(name, value);
    }

    @CanIgnoreReturnValue
    List<String> labels(String name) throws ReceiptRefused {
        JsonNode array = requireArray(name, require(name));
        List<String> labels = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isTextual()) {
                throw wrongType(name + "/" + i, "a string");
            }
            labels.add(requireLabel(name, array.get(i).textValue()));
        }
        return labels;
    }

    List<Members> optionalObjects(String name) throws ReceiptRefused {
        JsonNode value = find(name);
        if (value == null) {
            return List.of();
        }
        JsonNode array = requireArray(name, value);
        List<Members> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            objects.add(asObject(name + "/" + i, array.get(i)));
        }
        return objects;
    }

    ReceiptRefused invalid(String name, String rule) {
        return new ReceiptRefused(RefusalReason.INVALID_VALUE, path + "/" + name + " " + rule, path + "/" + name);
    }

    ReceiptRefused refused(RefusalReason reason, String name, String detail) {
        return new ReceiptRefused(reason, detail, path + "/" + name);
    }

    /** An optional member that is null counts as absent, as many writers mean it. */
    private @Nullable JsonNode find(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private JsonNode require(String name) throws ReceiptRefused {
        JsonNode value = object.get(name);
        if (value == null) {
            throw refused(RefusalReason.MISSING_FIELD, name, path + "/" + name + " is missing");
        }
        return value;
    }

    private Members asObject(String name, JsonNode value) throws ReceiptRefused {
        if (value instanceof ObjectNode node) {
            return new Members(node, path + "/" + name);
        }
        throw wrongType(name, "an object");
    }

    private JsonNode requireArray(String name, JsonNode value) throws ReceiptRefused {
        if (!value.isArray()) {
            throw wrongType(name, "an array");
        }
        if (value.size() > MAX_LIST_LENGTH) {
            throw invalid(name, "must not have more than " + MAX_LIST_LENGTH + " elements");
        }
        return value;
    }

    private String requireText(String name, JsonNode value) throws ReceiptRefused {
        if (!value.isTextual()) {
            throw wrongType(name, "a string");
        }
        return value.textValue();
    }

    private String requireLabel(String name, String value) throws ReceiptRefused {
        String fault = labelFault(value);
        if (fault != null) {
            throw invalid(name, fault);
        }
        return value;
    }

    private static @Nullable String labelFault(String value) {
        if (value.isBlank() || value.length() > MAX_LABEL_LENGTH) {
            return "must have 1 to " + MAX_LABEL_LENGTH + " characters";
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return "must not contain control characters";
            }
        }
        return null;
    }

    private String requireOneOf(String name, String value, Set<String> words) throws ReceiptRefused {
        if (!words.contains(value)) {
            throw invalid(name, "must be one of " + words.stream().sorted().toList());
        }
        return value;
    }

    private <T> T parse(String name, String value, Function<String, T> parser) throws ReceiptRefused {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            boolean path = value.indexOf('/') >= 0 || value.indexOf('\\') >= 0 || value.contains("..");
            throw refused(path ? RefusalReason.UNSAFE_PATH : RefusalReason.INVALID_VALUE, name,
                    String.valueOf(e.getMessage()));
        }
    }

    private ReceiptRefused wrongType(String name, String type) {
        return refused(RefusalReason.WRONG_TYPE, name, path + "/" + name + " must be " + type);
    }
}
