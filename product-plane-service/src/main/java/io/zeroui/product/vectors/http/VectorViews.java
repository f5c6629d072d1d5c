package io.zeroui.product.vectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.FacetCount;
import io.zeroui.product.vectors.PointGroup;
import io.zeroui.product.vectors.PointPage;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.model.StoredPoint;
import java.util.List;
import java.util.function.Function;

/** Answers as JSON. */
final class VectorViews {

    private VectorViews() {
    }

    /** A list under {@code items}. */
    static <T> ObjectNode items(List<T> list, Function<T, JsonNode> view) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        list.forEach(one -> items.add(view.apply(one)));
        return page;
    }

    static ObjectNode collection(CollectionInfo info) {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("name", info.name().value()).put("dimension", info.spec().dimension())
                .put("metric", info.spec().metric().key());
        ObjectNode index = view.putObject("index").put("kind", info.spec().index().key());
        if (info.spec().index() instanceof IndexSpec.Hnsw hnsw) {
            index.put("m", hnsw.m()).put("ef_construction", hnsw.efConstruction());
        } else if (info.spec().index() instanceof IndexSpec.IvfFlat ivf) {
            index.put("lists", ivf.lists());
        }
        ObjectNode fields = view.putObject("payload_indexes");
        info.spec().payloadIndexes().forEach((path, type) -> fields.put(path, type.key()));
        view.set("payload_schema", info.spec().payloadSchema());
        return view.put("partition", info.placement() == 0 ? "shared" : "own").put("is_indexed", info.isIndexed())
                .put("is_moving", info.isMoving()).put("created_at", info.createdAt().toString());
    }

    static ObjectNode point(StoredPoint point) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.set("id", point.id().toJson());
        if (point.payload() != null) {
            view.set("payload", point.payload());
        }
        float[] vector = point.vector();
        if (vector != null) {
            ArrayNode components = view.putArray("vector");
            for (float component : vector) {
                components.add(component);
            }
        }
        return view;
    }

    static ObjectNode scored(ScoredPoint scored) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.set("id", scored.point().id().toJson());
        view.put("score", scored.score());
        return view.setAll(point(scored.point()));
    }

    static ObjectNode page(PointPage page) {
        ObjectNode view = items(page.points(), VectorViews::point);
        if (page.next() != null) {
            view.set("next", page.next().toJson());
        }
        return view;
    }

    static ObjectNode group(PointGroup group) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.set("value", group.value());
        view.set("points", items(group.points(), VectorViews::scored).get("items"));
        return view;
    }

    static ObjectNode facet(FacetCount count) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.set("value", count.value());
        return view.put("points", count.points());
    }

    static ObjectNode alias(CollectionName alias, CollectionName collection) {
        return JsonNodeFactory.instance.objectNode().put("alias", alias.value()).put("collection", collection.value());
    }

    static ObjectNode count(String name, long count) {
        return JsonNodeFactory.instance.objectNode().put(name, count);
    }
}
