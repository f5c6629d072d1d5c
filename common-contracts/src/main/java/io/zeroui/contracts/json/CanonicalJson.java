package io.zeroui.contracts.json;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Canonical JSON, RFC 8785: members sorted by UTF-16 code units at every level, no white space, ECMAScript forms of
 * numbers and strings, UTF-8.
 */
public final class CanonicalJson {

    private static final long MAX_EXACT_INTEGER = 1L << 53;
    private static final Member[] NO_MEMBERS = {};

    private final Utf8Buffer out;

    private CanonicalJson(Utf8Buffer out) {
        this.out = out;
    }

    /**
     * The canonical form.
     *
     * @throws IllegalArgumentException when there is none: unpaired surrogates, numbers that a double cannot hold
     */
    public static byte[] of(JsonNode node) {
        CanonicalJson writer = new CanonicalJson(new Utf8Buffer(1_024));
        writer.write(node);
        return writer.out.toByteArray();
    }

    /**
     * The canonical form of an object without one of its own members, such as its signature.
     *
     * @throws IllegalArgumentException when there is none, see {@link #of}
     */
    public static byte[] ofWithout(ObjectNode object, String memberName) {
        CanonicalJson writer = new CanonicalJson(new Utf8Buffer(1_024));
        writer.writeObject(object, memberName);
        return writer.out.toByteArray();
    }

    private void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, null);
            case ARRAY -> writeArray(node);
            case STRING -> out.string(node.textValue());
            case NUMBER -> writeNumber(node);
            case BOOLEAN -> out.ascii(node.booleanValue() ? "true" : "false");
            case NULL -> out.ascii("null");
            default -> throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
        }
    }

    private void writeObject(JsonNode object, @Nullable String except) {
        out.ascii('{');
        String separator = "";
        for (Member member : sortedMembers(object)) {
            if (!member.name().equals(except)) {
                out.ascii(separator);
                out.string(member.name());
                out.ascii(':');
                write(member.value());
                separator = ",";
            }
        }
        out.ascii('}');
    }

    private void writeArray(JsonNode array) {
        out.ascii('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            write(array.get(i));
        }
        out.ascii(']');
    }

    private void writeNumber(JsonNode number) {
        if (number.isIntegralNumber() && number.canConvertToLong()) {
            long value = number.longValue();
            if (value >= -MAX_EXACT_INTEGER && value <= MAX_EXACT_INTEGER) {
                out.ascii(Long.toString(value));
                return;
            }
        }
        try {
            out.ascii(NumberToJSON.serializeNumber(number.doubleValue()));
        } catch (IOException e) {
            throw new IllegalArgumentException("a number has no canonical form", e);
        }
    }

    private static Member[] sortedMembers(JsonNode object) {
        int size = object.size();
        if (size == 0) {
            return NO_MEMBERS;
        }
        Member[] members = new Member[size];
        Iterator<Map.Entry<String, JsonNode>> entries = object.fields();
        for (int i = 0; i < size; i++) {
            Map.Entry<String, JsonNode> entry = entries.next();
            members[i] = new Member(entry.getKey(), entry.getValue());
        }
        Arrays.sort(members);
        return members;
    }

    /** Java compares strings by UTF-16 code units, which is the order of RFC 8785 §3.2.3. */
    private record Member(String name, JsonNode value) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            return name.compareTo(other.name);
        }
    }
}
