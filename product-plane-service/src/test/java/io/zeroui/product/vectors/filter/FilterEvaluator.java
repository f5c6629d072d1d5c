package io.zeroui.product.vectors.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.filter.Condition.All;
import io.zeroui.product.vectors.filter.Condition.HasId;
import io.zeroui.product.vectors.filter.Condition.IsEmpty;
import io.zeroui.product.vectors.filter.Condition.IsNull;
import io.zeroui.product.vectors.filter.Condition.MatchAny;
import io.zeroui.product.vectors.filter.Condition.MatchExcept;
import io.zeroui.product.vectors.filter.Condition.MatchText;
import io.zeroui.product.vectors.filter.Condition.Nested;
import io.zeroui.product.vectors.filter.Condition.Range;
import io.zeroui.product.vectors.filter.Condition.TimeRange;
import io.zeroui.product.vectors.filter.Condition.ValuesCount;
import io.zeroui.product.vectors.model.PointId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a filter means, said a second time: slowly, and without a database. */
public final class FilterEvaluator {

    private FilterEvaluator() {
    }

    /** Whether a point meets a filter. */
    public static boolean meets(Filter filter, PointId id, JsonNode payload) {
        return filter.must().stream().allMatch(one -> meets(one, id, payload))
                && filter.mustNot().stream().noneMatch(one -> meets(one, id, payload))
                && (filter.should().isEmpty() || filter.should().stream().anyMatch(one -> meets(one, id, payload)))
                && filter.minShould().stream().filter(one -> meets(one, id, payload)).count() >= filter.minCount();
    }

    private static boolean meets(Condition condition, PointId id, JsonNode payload) {
        if (condition instanceof All all) {
            return meets(all.filter(), id, payload);
        } else if (condition instanceof HasId has) {
            return has.ids().contains(id);
        } else if (condition instanceof MatchAny match) {
            return PayloadValues.elements(payload, match.key()).stream().anyMatch(value -> isOne(value, match.values()));
        } else if (condition instanceof MatchExcept match) {
            return PayloadValues.elements(payload, match.key()).stream().anyMatch(value -> !value.isNull() && !isOne(value, match.values()));
        } else if (condition instanceof MatchText match) {
            return PayloadValues.elements(payload, match.key()).stream().filter(JsonNode::isTextual)
                    .map(value -> PayloadValues.words(value.textValue())).anyMatch(words -> match.all() ? words.containsAll(match.words())
                            : match.words().stream().anyMatch(words::contains));
        } else if (condition instanceof Range range) {
            return PayloadValues.elements(payload, range.key()).stream().filter(JsonNode::isNumber).map(JsonNode::decimalValue)
                    .anyMatch(value -> within(value, range.gt(), range.gte(), range.lt(), range.lte()));
        } else if (condition instanceof TimeRange range) {
            return PayloadValues.elements(payload, range.key()).stream().filter(JsonNode::isTextual)
                    .flatMap(value -> PayloadValues.time(value.textValue()).stream())
                    .anyMatch(value -> within(value, range.gt(), range.gte(), range.lt(), range.lte()));
        } else if (condition instanceof ValuesCount count) {
            int values = PayloadValues.at(payload, count.key()).stream().mapToInt(value -> value.isArray() ? value.size() : value.isNull() ? 0 : 1).sum();
            return within(values, count.gt(), count.gte(), count.lt(), count.lte());
        } else if (condition instanceof IsEmpty empty) {
            return PayloadValues.at(payload, empty.key()).stream().allMatch(value -> value.isNull() || value.isArray() && value.isEmpty());
        } else if (condition instanceof IsNull isNull) {
            return PayloadValues.at(payload, isNull.key()).stream().anyMatch(JsonNode::isNull);
        }
        Nested nested = (Nested) condition;
        return PayloadValues.elements(payload, nested.key()).stream().filter(ObjectNode.class::isInstance)
                .anyMatch(inner -> meets(nested.filter(), id, inner));
    }

    private static boolean isOne(JsonNode value, Collection<JsonNode> values) {
        return values.stream().anyMatch(wanted -> wanted.isNumber() && value.isNumber() ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
                : wanted.equals(value));
    }

    private static <T extends Comparable<T>> boolean within(T value, T gt, T gte, T lt, T lte) {
        return (gt == null || value.compareTo(gt) > 0) && (gte == null || value.compareTo(gte) >= 0) && (lt == null || value.compareTo(lt) < 0)
                && (lte == null || value.compareTo(lte) <= 0);
    }

    /** The ids that a filter means. */
    public static List<PointId> ids(Filter filter, Map<PointId, ? extends JsonNode> payloads) {
        return payloads.entrySet().stream().filter(one -> meets(filter, one.getKey(), one.getValue())).map(Map.Entry::getKey).sorted()
                .toList();
    }
}
