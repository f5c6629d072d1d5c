package io.zeroui.product.vectors.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a collection is made as.
 *
 * @param dimension components of each vector, 1 to 16,000
 * @param metric what nearness is
 * @param index how a large collection is searched
 * @param payloadIndexes fields by which it is filtered often, by path; at most 64
 * @param payloadSchema the JSON schema that its makers give their payloads, kept for readers and not enforced; may be empty
 */
public record CollectionSpec(int dimension, Metric metric, IndexSpec index, Map<String, FieldType> payloadIndexes, ObjectNode payloadSchema) {

    /** Most components of a vector. */
    public static final int DIMENSION_MOST = 16_000;
    /** Most components of which an index keeps halves; of more it keeps the signs. */
    public static final int HALVES_MOST = 4_000;
    /** Most payload indexes. */
    public static final int PAYLOAD_INDEXES_MOST = 64;

    public CollectionSpec {
        if (dimension < 1 || dimension > DIMENSION_MOST) {
            throw VectorProblem.invalid("dimension", "must be 1 to " + DIMENSION_MOST);
        }
        if (payloadIndexes.size() > PAYLOAD_INDEXES_MOST) {
            throw VectorProblem.invalid("payload_indexes", "must be at most " + PAYLOAD_INDEXES_MOST);
        }
        payloadIndexes = java.util.Collections.unmodifiableMap(new TreeMap<>(payloadIndexes));
        payloadSchema = payloadSchema.deepCopy();
    }

    /** One with the default index and without payload indexes. */
    public static CollectionSpec of(int dimension, Metric metric) {
        return new CollectionSpec(dimension, metric, IndexSpec.DEFAULT, Map.of(), JsonNodeFactory.instance.objectNode());
    }

    /** The same with another index. */
    public CollectionSpec with(IndexSpec other) {
        return new CollectionSpec(dimension, metric, other, payloadIndexes, payloadSchema);
    }

    /** The same with other payload indexes. */
    public CollectionSpec with(Map<String, FieldType> indexes) {
        return new CollectionSpec(dimension, metric, index, indexes, payloadSchema);
    }
}
