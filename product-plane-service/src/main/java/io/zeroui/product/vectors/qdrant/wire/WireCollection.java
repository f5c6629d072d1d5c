package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.AliasChange;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.VectorProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collections, their payload indexes and aliases, as requests describe them. */
public final class WireCollection {

    private static final Map<String, Metric> METRICS = Map.of("Cosine", Metric.COSINE, "Euclid", Metric.L2, "Dot", Metric.INNER_PRODUCT,
            "Manhattan", Metric.L1);
    private static final int ACTIONS_MOST = 1_000;

    private WireCollection() {
    }

    /** What a collection is to be made as. What only says where and how Qdrant keeps things is taken, and does nothing. */
    public static CollectionSpec spec(JsonNode body) {
        WireObject request = WireObject.of("body", body).hints("on_disk_payload", "payload", "optimizers_config", "wal_config", "shard_number")
                .unserved("quantization_config", "sparse_vectors", "metadata");
        one(request, "replication_factor");
        one(request, "write_consistency_factor");
        if (request.has("sharding_method") && !request.text("sharding_method").equals("auto")) {
            throw VectorProblem.invalid("sharding_method", "must be auto");
        }
        strictMode(request);
        IndexSpec index = index(request.find("hnsw_config"), IndexSpec.DEFAULT);
        CollectionSpec spec = vectors(request.get("vectors"), index);
        request.hints("sharding_method").end();
        return spec;
    }

    /** The index that a change gives to a collection that has this one. */
    public static IndexSpec changed(JsonNode body, IndexSpec current) {
        WireObject request = WireObject.of("body", body).hints("optimizers_config").unserved("quantization_config", "sparse_vectors", "metadata");
        strictMode(request);
        JsonNode params = request.find("params");
        if (params != null) {
            WireObject changes = WireObject.of("params", params).hints("on_disk_payload", "payload", "read_fan_out_factor", "read_fan_out_delay_ms");
            one(changes, "replication_factor");
            one(changes, "write_consistency_factor");
            changes.end();
        }
        IndexSpec index = index(request.find("hnsw_config"), current);
        JsonNode vectors = request.find("vectors");
        if (vectors != null) {
            WireObject named = WireObject.of("vectors", vectors);
            WireObject vector = WireObject.of("vectors", named.get("")).hints("on_disk", "memory").unserved("quantization_config");
            named.end();
            index = index(vector.find("hnsw_config"), index);
            vector.end();
        }
        request.end();
        return index;
    }

    /** Field and type of a payload index that is wanted. */
    public static Map.Entry<String, FieldType> payloadIndex(JsonNode body) {
        WireObject request = WireObject.of("body", body);
        String field = request.text("field_name");
        JsonNode schema = request.get("field_schema");
        request.end();
        return Map.entry(field, schema.isTextual() ? FieldType.ofKey(schema.textValue()) : type(schema));
    }

    /** The changes of aliases. */
    public static List<AliasChange> aliases(JsonNode body) {
        WireObject request = WireObject.of("body", body);
        JsonNode actions = request.get("actions");
        request.end();
        if (!actions.isArray() || actions.size() > ACTIONS_MOST) {
            throw VectorProblem.invalid("actions", "must be a list of at most " + ACTIONS_MOST);
        }
        List<AliasChange> changes = new ArrayList<>();
        actions.forEach(action -> changes.add(alias(WireObject.of("actions", action))));
        return changes;
    }

    private static AliasChange alias(WireObject action) {
        JsonNode made = action.find("create_alias");
        JsonNode gone = action.find("delete_alias");
        JsonNode renamed = action.find("rename_alias");
        action.end();
        if (made != null && gone == null && renamed == null) {
            WireObject of = WireObject.of("create_alias", made);
            AliasChange change = new AliasChange.Put(CollectionName.of(of.text("alias_name")), CollectionName.of(of.text("collection_name")));
            of.end();
            return change;
        }
        if (gone != null && made == null && renamed == null) {
            WireObject of = WireObject.of("delete_alias", gone);
            AliasChange change = new AliasChange.Delete(CollectionName.of(of.text("alias_name")));
            of.end();
            return change;
        }
        if (renamed != null && made == null && gone == null) {
            WireObject of = WireObject.of("rename_alias", renamed);
            AliasChange change = new AliasChange.Rename(CollectionName.of(of.text("old_alias_name")), CollectionName.of(of.text("new_alias_name")));
            of.end();
            return change;
        }
        throw VectorProblem.invalid("actions", "must each be one of create_alias, delete_alias and rename_alias");
    }

    /** Names of metrics as Qdrant writes them. */
    static String distance(Metric metric) {
        return METRICS.entrySet().stream().filter(entry -> entry.getValue() == metric).findFirst().orElseThrow().getKey();
    }

    private static CollectionSpec vectors(JsonNode json, IndexSpec usual) {
        JsonNode params = json;
        if (json.isObject() && !json.has("size")) {
            params = json.size() == 1 ? json.path("") : json;
            if (!params.has("size")) {
                throw VectorProblem.invalid("vectors", "must be one, without a name: an object with size and distance");
            }
        }
        WireObject vector = WireObject.of("vectors", params).hints("on_disk", "memory").unserved("quantization_config", "multivector_config");
        String datatype = vector.findText("datatype");
        if (datatype != null && !datatype.equals("float32")) {
            throw VectorProblem.invalid("datatype", "must be float32: the index keeps halves of it by itself");
        }
        Metric metric = METRICS.get(vector.text("distance"));
        if (metric == null) {
            throw VectorProblem.invalid("distance", "must be Cosine, Euclid, Dot or Manhattan");
        }
        int size = vector.whole("size", 0);
        IndexSpec index = index(vector.find("hnsw_config"), usual);
        vector.end();
        return CollectionSpec.of(size, metric).with(index);
    }

    private static IndexSpec index(@Nullable JsonNode json, IndexSpec usual) {
        if (json == null) {
            return usual;
        }
        WireObject config = WireObject.of("hnsw_config", json).hints("full_scan_threshold", "max_indexing_threads", "on_disk", "memory", "payload_m",
                "inline_storage");
        Integer m = config.findWhole("m");
        Integer candidates = config.findWhole("ef_construct");
        config.end();
        if (m == null && candidates == null) {
            return usual;
        }
        IndexSpec.Hnsw before = usual instanceof IndexSpec.Hnsw hnsw ? hnsw : IndexSpec.DEFAULT;
        int neighbours = m == null ? before.m() : m;
        if (neighbours == 0) {
            return new IndexSpec.None();
        }
        return new IndexSpec.Hnsw(neighbours, candidates == null ? Math.max(before.efConstruction(), 2 * neighbours) : candidates);
    }

    private static FieldType type(JsonNode schema) {
        WireObject params = WireObject.of("field_schema", schema).hints("on_disk", "memory", "is_tenant", "is_principal", "enable_hnsw", "lookup", "range");
        FieldType type = FieldType.ofKey(params.text("type"));
        if (type == FieldType.TEXT) {
            words(params);
        } else if (type == FieldType.KEYWORD) {
            params.hints("prefix");
        }
        params.end();
        return type;
    }

    /** There is one way in which texts become words: runs of letters and digits, in lower case. */
    private static void words(WireObject params) {
        String tokenizer = params.findText("tokenizer");
        if (tokenizer != null && !tokenizer.equals("word")) {
            throw VectorProblem.invalid("tokenizer", "must be word: others are not served");
        }
        if (!params.truth("lowercase", true)) {
            throw VectorProblem.invalid("lowercase", "must be true");
        }
        params.unserved("min_token_len", "max_token_len", "ascii_folding", "phrase_matching", "stopwords", "stemmer");
    }

    private static void one(WireObject request, String member) {
        if (request.whole(member, 1) != 1) {
            throw VectorProblem.invalid(member, "must be 1: there is one copy, in PostgreSQL");
        }
    }

    private static void strictMode(WireObject request) {
        JsonNode mode = request.find("strict_mode_config");
        if (mode != null && mode.path("enabled").asBoolean(false)) {
            throw VectorProblem.invalid("strict_mode_config", "is not served: limits are the service's own");
        }
    }
}
