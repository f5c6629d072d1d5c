package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which points a request is about, and what of them it wants. */
final class WireSelector {

    /** Most ids of one request. */
    private static final int IDS_MOST = 10_000;

    private WireSelector() {
    }

    /** The members {@code points} or {@code filter}, one of which must be there. */
    static PointSelector read(WireObject request) {
        JsonNode points = request.find("points");
        JsonNode filter = request.find("filter");
        if (points == null && filter == null) {
            throw VectorProblem.invalid("points", "or filter must say which points are meant");
        }
        if (points != null && filter != null) {
            throw VectorProblem.invalid("points", "and filter must not both be there");
        }
        return points == null ? new PointSelector.Matching(FilterJson.read(filter)) : new PointSelector.Ids(ids("points", points));
    }

    /** A list of ids, in its order. */
    static List<PointId> ids(String member, JsonNode list) {
        if (!list.isArray() || list.size() > IDS_MOST) {
            throw VectorProblem.invalid(member, "must be a list of at most " + IDS_MOST + " ids");
        }
        List<PointId> ids = new ArrayList<>(list.size());
        list.forEach(id -> ids.add(PointId.of(id)));
        return ids;
    }

    /** The members {@code with_payload} and {@code with_vector}. */
    static Returning returning(WireObject request, boolean usual) {
        return returning(request.find("with_payload"), request.find("with_vector"), usual);
    }

    /** The same of values; an object with a member that is not known is refused. */
    static Returning returning(@Nullable JsonNode withPayload, @Nullable JsonNode withVector, boolean usual) {
        if (withPayload != null && withPayload.isObject()) {
            WireObject selector = WireObject.of("with_payload", withPayload);
            if (selector.has("include") == selector.has("exclude")) {
                throw VectorProblem.invalid("with_payload", "must have either include or exclude");
            }
            selector.hints("include", "exclude").end();
        }
        return Returning.of(withPayload, WireVector.wanted(withVector), usual);
    }
}
