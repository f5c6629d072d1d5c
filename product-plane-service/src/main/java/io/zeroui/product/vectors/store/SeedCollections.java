package io.zeroui.product.vectors.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.Metric;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The collections that every tenant has without making them: each is made at its first use, and once it is deleted not again. */
public final class SeedCollections {

    private static final Map<String, CollectionSpec> SEEDS = new TreeMap<>(Map.of(
            "documents", of(768, new IndexSpec.Hnsw(16, 64), Map.of("file_id", FieldType.UUID, "chunk_index", FieldType.INTEGER, "content",
                    FieldType.TEXT, "document_title", FieldType.TEXT, "file_type", FieldType.KEYWORD, "tags", FieldType.KEYWORD, "created_at",
                    FieldType.DATETIME)),
            "chat_history", of(768, new IndexSpec.Hnsw(16, 64), Map.of("conversation_id", FieldType.KEYWORD, "role", FieldType.KEYWORD, "content",
                    FieldType.TEXT, "created_at", FieldType.DATETIME)),
            "knowledge", of(768, new IndexSpec.Hnsw(16, 64), Map.of("source", FieldType.KEYWORD, "category", FieldType.KEYWORD, "content",
                    FieldType.TEXT, "tags", FieldType.KEYWORD, "created_at", FieldType.DATETIME)),
            "code", of(4096, new IndexSpec.Hnsw(24, 64), Map.of("repository", FieldType.KEYWORD, "file_path", FieldType.KEYWORD, "language",
                    FieldType.KEYWORD, "content", FieldType.TEXT, "created_at", FieldType.DATETIME)),
            "vector_store", of(384, new IndexSpec.IvfFlat(100), Map.of("content", FieldType.TEXT, "created_at", FieldType.DATETIME)),
            "embeddings", of(1536, new IndexSpec.Hnsw(16, 64), Map.of("source_type", FieldType.KEYWORD, "source_id", FieldType.KEYWORD,
                    "created_at", FieldType.DATETIME))));

    private SeedCollections() {
    }

    /** What a collection of that name is made as; empty where it is none of these. */
    public static Optional<CollectionSpec> find(CollectionName name) {
        return Optional.ofNullable(SEEDS.get(name.value()));
    }

    /** Their names. */
    public static Set<String> names() {
        return java.util.Collections.unmodifiableSet(SEEDS.keySet());
    }

    private static CollectionSpec of(int dimension, IndexSpec index, Map<String, FieldType> fields) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        new TreeMap<>(fields).forEach((field, type) -> {
            ObjectNode property = properties.putObject(field);
            switch (type) {
                case INTEGER -> property.put("type", "integer");
                case UUID -> property.put("type", "string").put("format", "uuid");
                case DATETIME -> property.put("type", "string").put("format", "date-time");
                default -> {
                    if (field.equals("tags")) {
                        property.put("type", "array").putObject("items").put("type", "string");
                    } else {
                        property.put("type", "string");
                    }
                }
            }
        });
        return new CollectionSpec(dimension, Metric.COSINE, index, fields, schema);
    }
}
