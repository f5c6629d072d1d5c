package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.FacetCount;
import io.zeroui.product.vectors.PointGroup;
import io.zeroui.product.vectors.PointPage;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.model.StoredPoint;
import java.util.List;
import java.util.Map;

/** Answers as Qdrant's clients read them: what stands in the member {@code result}. */
public final class WireAnswer {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private WireAnswer() {
    }

    /** The envelope around a result. */
    public static ObjectNode envelope(JsonNode result, double seconds) {
        return JSON.objectNode().<ObjectNode>set("result", result).put("status", "ok").put("time", seconds);
    }

    /** A truth. */
    public static JsonNode truth(boolean value) {
        return BooleanNode.valueOf(value);
    }

    /** A change that has been made. */
    public static ObjectNode completed() {
        return JSON.objectNode().put("status", "completed");
    }

    /** So many changes that have been made. */
    public static ArrayNode completed(int operations) {
        ArrayNode all = JSON.arrayNode();
        for (int i = 0; i < operations; i++) {
            all.add(completed());
        }
        return all;
    }

    /** Whether a collection exists. */
    public static ObjectNode exists(boolean exists) {
        return JSON.objectNode().put("exists", exists);
    }

    /** The names of collections. */
    public static ObjectNode collections(List<CollectionInfo> collections) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putArray("collections");
        collections.forEach(one -> list.addObject().put("name", one.name().value()));
        return answer;
    }

    /** Aliases. */
    public static ObjectNode aliases(Map<CollectionName, CollectionName> aliases) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putArray("aliases");
        aliases.forEach((alias, collection) -> list.addObject().put("alias_name", alias.value()).put("collection_name", collection.value()));
        return answer;
    }

    /**
     * A collection.
     *
     * @param points how many it has
     * @param indexed how many of them have a value for each payload index, by its field
     * @param comparedPoints so many points are all compared, whatever the index
     */
    public static ObjectNode collection(CollectionInfo info, long points, Map<String, Long> indexed, long comparedPoints) {
        CollectionSpec spec = info.spec();
        ObjectNode answer = JSON.objectNode().put("status", info.isMoving() ? "yellow" : "green").put("optimizer_status", "ok")
                .put("indexed_vectors_count", info.isIndexed() ? points : 0).put("points_count", points).put("segments_count", 1);
        ObjectNode config = answer.putObject("config");
        ObjectNode params = config.putObject("params");
        params.putObject("vectors").put("size", spec.dimension()).put("distance", WireCollection.distance(spec.metric()));
        params.put("shard_number", 1).put("replication_factor", 1).put("write_consistency_factor", 1).put("on_disk_payload", true);
        index(config.putObject("hnsw_config"), spec, comparedPoints);
        // Nothing waits in segments or for a flush: a write is in PostgreSQL's log when it is answered.
        config.putObject("optimizer_config").put("default_segment_number", 1).put("flush_interval_sec", 0);
        ObjectNode schema = answer.putObject("payload_schema");
        spec.payloadIndexes().forEach((field, type) -> schema.putObject(field).put("data_type", type.key())
                .put("points", indexed.getOrDefault(field, 0L)));
        return answer;
    }

    /** Qdrant writes a graph without neighbours where there is none, and the bound of comparing in kilobytes of vectors. */
    private static void index(ObjectNode config, CollectionSpec spec, long comparedPoints) {
        IndexSpec.Hnsw graph = spec.index() instanceof IndexSpec.Hnsw hnsw ? hnsw : null;
        config.put("m", graph == null ? 0 : graph.m()).put("ef_construct", graph == null ? 0 : graph.efConstruction());
        config.put("full_scan_threshold", comparedPoints * spec.dimension() * Float.BYTES / 1024).put("max_indexing_threads", 0)
                .put("on_disk", true);
    }

    /** A point as it was read. */
    public static ObjectNode record(StoredPoint point) {
        ObjectNode json = JSON.objectNode();
        json.set("id", point.id().toJson());
        addTo(json, point);
        return json;
    }

    /** Points as they were read. */
    public static ArrayNode records(List<StoredPoint> points) {
        ArrayNode list = JSON.arrayNode();
        points.forEach(point -> list.add(record(point)));
        return list;
    }

    /** A page of points. */
    public static ObjectNode page(PointPage page) {
        ObjectNode answer = JSON.objectNode();
        answer.set("points", records(page.points()));
        answer.set("next_page_offset", page.next() == null ? JSON.nullNode() : page.next().toJson());
        return answer;
    }

    /** Points in the order of a field; what comes after them is asked for by the last value. */
    public static ObjectNode ordered(List<Points.Ordered> points) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putArray("points");
        points.forEach(one -> list.add(record(one.point()).<ObjectNode>set("order_value", one.value())));
        return answer.putNull("next_page_offset");
    }

    /** Points that were found. There are no versions of points here; Qdrant's clients want the member. */
    public static ArrayNode scored(List<ScoredPoint> points) {
        ArrayNode list = JSON.arrayNode();
        for (ScoredPoint found : points) {
            ObjectNode json = list.addObject();
            json.set("id", found.point().id().toJson());
            json.put("version", 0).put("score", found.score());
            addTo(json, found.point());
        }
        return list;
    }

    /** The same as {@code query} answers. */
    public static ObjectNode points(List<ScoredPoint> points) {
        return JSON.objectNode().set("points", scored(points));
    }

    /** Groups, each with the point of the same id where there is one in {@code lookup}, by the value's text. */
    public static ObjectNode groups(List<PointGroup> groups, Map<String, StoredPoint> lookup) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putArray("groups");
        for (PointGroup group : groups) {
            ObjectNode json = list.addObject();
            json.set("id", group.value());
            json.set("hits", scored(group.points()));
            StoredPoint found = lookup.get(group.value().asText());
            if (found != null) {
                json.set("lookup", record(found));
            }
        }
        return answer;
    }

    /** A count. */
    public static ObjectNode count(long count) {
        return JSON.objectNode().put("count", count);
    }

    /** Counts of values. */
    public static ObjectNode facet(List<FacetCount> counts) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode hits = answer.putArray("hits");
        counts.forEach(one -> hits.addObject().put("count", one.points()).set("value", one.value()));
        return answer;
    }

    private static void addTo(ObjectNode json, StoredPoint point) {
        if (point.payload() != null) {
            json.set("payload", point.payload());
        }
        float[] vector = point.vector();
        if (vector != null) {
            ArrayNode components = json.putArray("vector");
            for (float component : vector) {
                components.add(component);
            }
        }
    }
}
