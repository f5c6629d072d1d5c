package io.zeroui.product.vectors.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Id of a point: an unsigned number of 64 bits, or a UUID. Numbers come before UUIDs.
 *
 * @param key as tables have it: {@code n} and twenty digits, or {@code u} and the UUID; their order is that of the ids
 */
public record PointId(String key) implements Comparable<PointId> {

    private static final Pattern FORM = Pattern.compile("n[0-9]{20}|u[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern UUID_FORM = Pattern.compile("(urn:uuid:)?[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");
    private static final BigInteger NUMBER_MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    public PointId {
        if (!FORM.matcher(key).matches()) {
            throw malformed();
        }
    }

    /** A number; 400 for a negative one. */
    public static PointId of(long number) {
        return of(BigInteger.valueOf(number));
    }

    /** A number; 400 where it is negative or longer than 64 bits. */
    public static PointId of(BigInteger number) {
        if (number.signum() < 0 || number.compareTo(NUMBER_MOST) > 0) {
            throw malformed();
        }
        return new PointId(String.format(Locale.ROOT, "n%020d", number));
    }

    /** A UUID. */
    public static PointId of(UUID uuid) {
        return new PointId("u" + uuid);
    }

    /** What a request has: a whole number, or the text of a UUID; 400 for everything else. */
    public static PointId of(JsonNode json) {
        if (json.isIntegralNumber()) {
            return of(json.bigIntegerValue());
        }
        if (!json.isTextual() || !UUID_FORM.matcher(json.textValue()).matches()) {
            throw malformed();
        }
        String digits = json.textValue().replace("urn:uuid:", "").replace("-", "").toLowerCase(Locale.ROOT);
        return new PointId("u" + digits.substring(0, 8) + '-' + digits.substring(8, 12) + '-' + digits.substring(12, 16) + '-'
                + digits.substring(16, 20) + '-' + digits.substring(20));
    }

    /** What a path has: digits, or a UUID; 400 for everything else. */
    public static PointId parse(String text) {
        return text.matches("[0-9]{1,20}") ? of(new BigInteger(text)) : of(TextNode.valueOf(text));
    }

    /** A number or a text. */
    public JsonNode toJson() {
        if (key.charAt(0) == 'u') {
            return TextNode.valueOf(key.substring(1));
        }
        BigInteger number = new BigInteger(key.substring(1));
        return number.bitLength() < 64 ? LongNode.valueOf(number.longValue()) : BigIntegerNode.valueOf(number);
    }

    @Override
    public int compareTo(PointId other) {
        return key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return toJson().asText();
    }

    private static io.zeroui.runtime.problems.ProblemException malformed() {
        return VectorProblem.invalid("id", "must be a whole number from 0 to 18446744073709551615, or a UUID");
    }
}
