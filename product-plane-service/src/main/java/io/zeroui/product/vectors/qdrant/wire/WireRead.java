package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that read points without comparing vectors. */
public sealed interface WireRead {

    /** Points by their ids. */
    record Ids(List<PointId> ids, Returning returning) implements WireRead {

        /** The request that a body is. */
        public static Ids of(JsonNode body) {
            WireObject request = WireObject.of("body", body).unserved("shard_key");
            Ids ids = new Ids(WireSelector.ids("ids", request.get("ids")), WireSelector.returning(request, true));
            request.end();
            return ids;
        }
    }

    /**
     * A page of points.
     *
     * @param from the first id that may be in it; null for the beginning
     * @param order null for the order of the ids
     */
    record Scroll(Filter filter, @Nullable PointId from, @Nullable Order order, int limit, Returning returning) implements WireRead {

        private static final int LIMIT = 10;

        /** The request that a body is. */
        public static Scroll of(JsonNode body) {
            WireObject request = WireObject.of("body", body).unserved("shard_key");
            JsonNode offset = request.find("offset");
            JsonNode order = request.find("order_by");
            if (offset != null && order != null) {
                throw VectorProblem.invalid("offset", "is for points in the order of their ids: with order_by say start_from");
            }
            Scroll scroll = new Scroll(FilterJson.read(request.find("filter")), offset == null ? null : PointId.of(offset),
                    order == null ? null : Order.of(order), request.whole("limit", LIMIT), WireSelector.returning(request, true));
            request.end();
            return scroll;
        }
    }

    /**
     * The order of a payload's field.
     *
     * @param from the number or time with which it begins; null for the first
     */
    record Order(String key, boolean ascending, @Nullable JsonNode from) {

        static Order of(JsonNode json) {
            if (json.isTextual()) {
                return new Order(json.textValue(), true, null);
            }
            WireObject order = WireObject.of("order_by", json);
            String direction = order.findText("direction");
            if (direction != null && !direction.equals("asc") && !direction.equals("desc")) {
                throw VectorProblem.invalid("direction", "must be asc or desc");
            }
            Order read = new Order(order.text("key"), !"desc".equals(direction), order.find("start_from"));
            order.end();
            return read;
        }
    }

    /** How many points there are. */
    record Count(Filter filter, boolean exact) implements WireRead {

        /** The request that a body is. */
        public static Count of(JsonNode body) {
            WireObject request = WireObject.of("body", body).unserved("shard_key");
            Count count = new Count(FilterJson.read(request.find("filter")), request.truth("exact", true));
            request.end();
            return count;
        }
    }

    /** How often each value of a field occurs; always exactly. */
    record Facet(String key, Filter filter, int limit) implements WireRead {

        private static final int LIMIT = 10;

        /** The request that a body is. */
        public static Facet of(JsonNode body) {
            WireObject request = WireObject.of("body", body).unserved("shard_key").hints("exact");
            Facet facet = new Facet(request.text("key"), FilterJson.read(request.find("filter")), request.whole("limit", LIMIT));
            request.end();
            return facet;
        }
    }
}
