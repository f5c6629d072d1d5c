package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.PayloadChange;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import java.util.List;
import java.util.Map;

/** A change of points, alone in a request or one of a batch. */
public sealed interface WireOperation {

    /** Points are written. */
    record Upsert(List<Point> points) implements WireOperation {
    }

    /** Points go. */
    record Delete(PointSelector which) implements WireOperation {
    }

    /** Payloads are changed. */
    record ChangePayload(PointSelector which, PayloadChange change) implements WireOperation {
    }

    /** Points get other vectors. */
    record UpdateVectors(Map<PointId, float[]> vectors) implements WireOperation {
    }

    /** The kinds of operations, and the member of a batch that has each. */
    enum Kind {
        UPSERT("upsert"), DELETE("delete"), SET_PAYLOAD("set_payload"), OVERWRITE_PAYLOAD("overwrite_payload"),
        DELETE_PAYLOAD("delete_payload"), CLEAR_PAYLOAD("clear_payload"), UPDATE_VECTORS("update_vectors"),
        DELETE_VECTORS("delete_vectors");

        private final String member;

        Kind(String member) {
            this.member = member;
        }

        String member() {
            return member;
        }
    }

    /** The operation that a body is; 400 where it is none of that kind. */
    static WireOperation read(Kind kind, JsonNode body) {
        return OperationReader.read(kind, body);
    }

    /** The operations of a batch, in their order. */
    static List<WireOperation> readBatch(JsonNode body) {
        return OperationReader.readBatch(body);
    }
}
