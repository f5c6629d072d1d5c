package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a collection takes. */
final class PointRules {

    /** Most points of one call. */
    static final int POINTS_MOST = 5_000;
    /** Most components of one call. */
    static final int COMPONENTS_MOST = 4_000_000;
    /** Most components of one answer. */
    static final int ANSWERED_MOST = 1_000_000;
    /** Most bytes of a payload as JSON. */
    static final int PAYLOAD_MOST = 100 * 1_024;
    /** Most points of one step of a change by a filter. */
    static final int STEP = 1_000;
    /** The same where payloads are read for it. */
    static final int PAYLOAD_STEP = 100;

    /** The largest that an index can hold as a half. */
    private static final float COMPONENT_MOST = 65_504;
    private static final double LENGTH_LEAST = 0.001;
    private static final int DEPTH_MOST = 32;
    private static final int DIGITS_MOST = 1_000;

    private PointRules() {
    }

    /** Points that are right, of each id the last. */
    static Collection<Point> checked(Collection<Point> points, CollectionSpec spec) {
        if (points.size() > POINTS_MOST || (long) points.size() * spec.dimension() > COMPONENTS_MOST) {
            throw VectorProblem.tooLarge("points",
                    "must be at most " + POINTS_MOST + " at once, and have at most " + COMPONENTS_MOST + " components all in all");
        }
        Map<PointId, Point> last = new LinkedHashMap<>();
        int at = 0;
        for (Point point : points) {
            checkVector("points[" + at + "].vector", point.vector(), spec);
            checkPayload("points[" + at + "].payload", point.payload());
            last.put(point.id(), point);
            at++;
        }
        return last.values();
    }

    /** 400 for a vector that the collection cannot have, or that can be near to nothing. */
    static void checkVector(String member, float[] vector, CollectionSpec spec) {
        if (vector.length != spec.dimension()) {
            throw VectorProblem.invalid(member, "must have " + spec.dimension() + " components, not " + vector.length);
        }
        double squares = 0;
        for (float component : vector) {
            if (!(Math.abs(component) <= COMPONENT_MOST)) {
                throw VectorProblem.invalid(member, "must have components from -" + (int) COMPONENT_MOST + " to " + (int) COMPONENT_MOST
                        + ", none of them NaN or infinite");
            }
            squares += (double) component * component;
        }
        if (spec.metric() == Metric.COSINE && Math.sqrt(squares) < LENGTH_LEAST) {
            throw VectorProblem.invalid(member, "must have a length of at least " + LENGTH_LEAST + ": under cosine zero has no direction");
        }
    }

    /** 400 where vectors are asked for of more points than an answer can have. */
    static void checkAnswer(int limit, Returning returning, CollectionSpec spec) {
        if (returning.vector() && (long) limit * spec.dimension() > ANSWERED_MOST) {
            throw VectorProblem.invalid("limit", "must be at most " + Math.max(1, ANSWERED_MOST / spec.dimension())
                    + " where vectors are asked for");
        }
    }

    /** 413 for a payload that is too large, 400 for one that cannot be kept. */
    static void checkPayload(String member, ObjectNode payload) {
        checkTexts(member, payload, 1);
        if (payload.toString().getBytes(StandardCharsets.UTF_8).length > PAYLOAD_MOST) {
            throw VectorProblem.tooLarge(member, "must be at most " + PAYLOAD_MOST + " bytes of JSON");
        }
    }

    private static void checkTexts(String member, JsonNode value, int depth) {
        if (depth > DEPTH_MOST) {
            throw VectorProblem.invalid(member, "must not be nested more than " + DEPTH_MOST + " deep");
        }
        if (value.isTextual()) {
            checkText(member, value.textValue());
        } else if (value.isFloatingPointNumber() && !value.isBigDecimal() && !Double.isFinite(value.doubleValue())) {
            throw VectorProblem.invalid(member, "must not have NaN or infinite numbers");
        } else if (value.isBigDecimal()) {
            checkDigits(member, value.decimalValue());
        }
        value.fieldNames().forEachRemaining(name -> checkText(member, name));
        for (JsonNode inner : value) {
            checkTexts(member, inner, depth + 1);
        }
    }

    /** 400 for a number that is too long for the database, however short it is written. */
    static void checkDigits(String member, BigDecimal number) {
        if (Math.abs((long) number.scale()) + number.precision() > DIGITS_MOST) {
            throw VectorProblem.invalid(member, "must not have numbers of more than " + DIGITS_MOST + " digits");
        }
    }

    private static void checkText(String member, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !isPair) {
                throw VectorProblem.invalid(member, "must not have texts with NUL or half of a surrogate pair");
            }
            if (isPair) {
                i++;
            }
        }
    }
}
