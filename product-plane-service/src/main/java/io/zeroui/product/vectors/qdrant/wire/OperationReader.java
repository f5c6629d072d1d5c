package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.PayloadChange;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.qdrant.wire.WireOperation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads operations on points. */
final class OperationReader {

    private static final int OPERATIONS_MOST = 100;

    private OperationReader() {
    }

    static List<WireOperation> readBatch(JsonNode body) {
        WireObject request = WireObject.of("body", body);
        JsonNode list = request.get("operations");
        request.end();
        if (!list.isArray() || list.size() > OPERATIONS_MOST) {
            throw VectorProblem.invalid("operations", "must be a list of at most " + OPERATIONS_MOST);
        }
        List<WireOperation> operations = new ArrayList<>();
        for (JsonNode one : list) {
            operations.add(ofBatch(one));
        }
        return operations;
    }

    private static WireOperation ofBatch(JsonNode json) {
        WireObject one = WireObject.of("operations", json);
        for (Kind kind : Kind.values()) {
            JsonNode body = one.find(kind.member());
            if (body != null) {
                one.end();
                return read(kind, body);
            }
        }
        throw VectorProblem.invalid("operations", "has one that is not known");
    }

    static WireOperation read(Kind kind, JsonNode body) {
        WireObject request = WireObject.of(kind.member(), body).unserved("shard_key");
        WireOperation operation = switch (kind) {
            case UPSERT -> new WireOperation.Upsert(points(request));
            case DELETE -> new WireOperation.Delete(WireSelector.read(request));
            case SET_PAYLOAD -> changed(request, new PayloadChange.Put(payload("payload", request.get("payload")), request.findText("key")));
            case OVERWRITE_PAYLOAD -> changed(request.unserved("key"), new PayloadChange.Overwrite(payload("payload", request.get("payload"))));
            case DELETE_PAYLOAD -> changed(request, new PayloadChange.Delete(keys(request.get("keys"))));
            case CLEAR_PAYLOAD -> changed(request, new PayloadChange.Clear());
            case UPDATE_VECTORS -> new WireOperation.UpdateVectors(vectors(request.unserved("update_filter").get("points")));
            case DELETE_VECTORS -> throw VectorProblem.invalid("vector", "cannot be deleted: a point has one vector, without a name; delete the point");
        };
        request.end();
        return operation;
    }

    private static WireOperation changed(WireObject request, PayloadChange change) {
        PointSelector which = WireSelector.read(request);
        return new WireOperation.ChangePayload(which, change);
    }

    private static List<Point> points(WireObject request) {
        String mode = request.unserved("update_filter").findText("update_mode");
        if (mode != null && !mode.equals("upsert")) {
            throw VectorProblem.invalid("update_mode", "must be upsert: others are not served");
        }
        JsonNode list = request.find("points");
        if (list == null) {
            return columns(request.get("batch"));
        }
        if (!list.isArray()) {
            throw VectorProblem.invalid("points", "must be a list");
        }
        List<Point> points = new ArrayList<>(list.size());
        for (JsonNode json : list) {
            WireObject point = WireObject.of("points", json);
            points.add(point(point.get("id"), point.get("vector"), point.find("payload"), points.size()));
            point.end();
        }
        return points;
    }

    private static List<Point> columns(JsonNode batch) {
        WireObject columns = WireObject.of("batch", batch);
        JsonNode ids = columns.get("ids");
        JsonNode vectors = columns.get("vectors");
        JsonNode payloads = columns.find("payloads");
        columns.end();
        if (vectors.isObject() && vectors.size() == 1 && vectors.has("")) {
            vectors = vectors.get("");
        }
        if (!ids.isArray() || !vectors.isArray() || ids.size() != vectors.size()
                || payloads != null && (!payloads.isArray() || payloads.size() != ids.size())) {
            throw VectorProblem.invalid("batch", "must have lists of ids, vectors and payloads, of the same length");
        }
        List<Point> points = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            JsonNode payload = payloads == null || payloads.get(i).isNull() ? null : payloads.get(i);
            points.add(point(ids.get(i), vectors.get(i), payload, i));
        }
        return points;
    }

    private static Point point(JsonNode id, JsonNode vector, @Nullable JsonNode payload, int at) {
        String place = "points[" + at + "].";
        return new Point(PointId.of(id), WireVector.read(place + "vector", vector),
                payload == null ? JsonNodeFactory.instance.objectNode() : payload(place + "payload", payload));
    }

    private static Map<PointId, float[]> vectors(JsonNode list) {
        if (!list.isArray()) {
            throw VectorProblem.invalid("points", "must be a list");
        }
        Map<PointId, float[]> vectors = new LinkedHashMap<>();
        for (JsonNode json : list) {
            WireObject point = WireObject.of("points", json);
            vectors.put(PointId.of(point.get("id")), WireVector.read("points[" + vectors.size() + "].vector", point.get("vector")));
            point.end();
        }
        return vectors;
    }

    private static List<String> keys(JsonNode list) {
        List<String> keys = new ArrayList<>();
        for (JsonNode key : list) {
            if (!key.isTextual()) {
                throw VectorProblem.invalid("keys", "must be a list of texts");
            }
            keys.add(key.textValue());
        }
        if (!list.isArray() || keys.isEmpty()) {
            throw VectorProblem.invalid("keys", "must be a list of texts, with one at least");
        }
        return keys;
    }

    private static ObjectNode payload(String member, JsonNode json) {
        if (!(json instanceof ObjectNode payload)) {
            throw VectorProblem.invalid(member, "must be an object");
        }
        finite(member, payload);
        return payload;
    }

    /** A number that is too large for 64 bits would be kept as infinity, which JSON does not have. */
    private static void finite(String member, JsonNode json) {
        if (json.isFloatingPointNumber() && !Double.isFinite(json.doubleValue())) {
            throw VectorProblem.invalid(member, "has a number that is too large");
        }
        json.forEach(inner -> finite(member, inner));
    }
}
