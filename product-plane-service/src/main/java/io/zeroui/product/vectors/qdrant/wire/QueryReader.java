package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Example;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Target;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the questions of one request: those of {@code query}, and those of the older {@code search} and {@code recommend}. What they ask for all
 * in all is bounded.
 */
public final class QueryReader {

    private static final int QUESTIONS_MOST = 64;
    private static final int PREFETCH_MOST = 32;
    private static final int POINTS_MOST = 20_000;
    private static final int PREFETCH_DEPTH_MOST = 3;
    private static final int LIMIT = 10;
    private static final int GROUP_SIZE = 3;
    private static final int RRF_K = 2;

    private int prefetches;
    private int points;

    /** A question of {@code points/query}. */
    public WireQuery query(JsonNode body) {
        WireObject request = request(body);
        WireQuery query = query(request, false, 0);
        request.end();
        return query;
    }

    /** A question of {@code points/search}. */
    public WireQuery search(JsonNode body) {
        WireObject request = request(body);
        WireQuery query = older(request, new Target.Nearest(WireVector.readNamed(request.get("vector"))));
        request.end();
        return query;
    }

    /** A question of {@code points/recommend}. */
    public WireQuery recommend(JsonNode body) {
        WireObject request = request(body);
        WireQuery query = older(request, recommended(request));
        request.end();
        return query;
    }

    /** Several questions of a kind, {@code searches} in the body. */
    public List<WireQuery> batch(JsonNode body, Function<JsonNode, WireQuery> kind) {
        WireObject request = WireObject.of("body", body);
        JsonNode list = request.get("searches");
        request.end();
        if (!list.isArray() || list.size() > QUESTIONS_MOST) {
            throw VectorProblem.invalid("searches", "must be a list of at most " + QUESTIONS_MOST);
        }
        List<WireQuery> queries = new ArrayList<>();
        list.forEach(one -> queries.add(kind.apply(one)));
        return queries;
    }

    /** A question of {@code points/query/groups}. */
    public WireGroups queryGroups(JsonNode body) {
        WireObject request = request(body).unserved("prefetch", "offset");
        return groups(request, query(request, false, 0));
    }

    /** A question of {@code points/search/groups}. */
    public WireGroups searchGroups(JsonNode body) {
        WireObject request = request(body).unserved("offset");
        return groups(request, older(request, new Target.Nearest(WireVector.readNamed(request.get("vector")))));
    }

    /** A question of {@code points/recommend/groups}. */
    public WireGroups recommendGroups(JsonNode body) {
        WireObject request = request(body).unserved("offset");
        return groups(request, older(request, recommended(request)));
    }

    private static WireObject request(JsonNode body) {
        return WireObject.of("body", body).unserved("shard_key");
    }

    private WireGroups groups(WireObject request, WireQuery query) {
        if (query.target() instanceof Target.Fusion || query.target() instanceof Target.Nothing) {
            throw VectorProblem.invalid("query", "must be a vector, an id or a recommendation where points are grouped");
        }
        String field = request.text("group_by");
        int size = request.whole("group_size", GROUP_SIZE);
        JsonNode lookup = request.find("with_lookup");
        request.end();
        if (lookup == null) {
            return new WireGroups(query, field, size, null, Returning.NOTHING);
        }
        if (lookup.isTextual()) {
            return new WireGroups(query, field, size, CollectionName.of(lookup.textValue()), Returning.PAYLOAD);
        }
        WireObject of = WireObject.of("with_lookup", lookup);
        WireGroups groups = new WireGroups(query, field, size, CollectionName.of(of.text("collection")),
                WireSelector.returning(of.find("with_payload"), of.find("with_vectors"), true));
        of.end();
        return groups;
    }

    private WireQuery older(WireObject request, Target target) {
        return new WireQuery(target, List.of(), FilterJson.read(request.find("filter")), terms(request), WireSelector.returning(request, false));
    }

    private static Target recommended(WireObject request) {
        WireVector.nameless(request.findText("using"));
        return like(request, lookup(request));
    }

    private WireQuery query(WireObject request, boolean isPrefetch, int depth) {
        WireVector.nameless(request.findText("using"));
        List<WireQuery> prefetch = prefetch(request.find("prefetch"), depth);
        CollectionName lookup = lookup(request);
        JsonNode query = request.find("query");
        Target target = query == null ? new Target.Nothing() : target(query, lookup);
        if (lookup != null && !(target instanceof Target.Like)) {
            throw VectorProblem.invalid("lookup_from", "is for ids of points");
        }
        if (target instanceof Target.Fusion && prefetch.isEmpty()) {
            throw VectorProblem.invalid("prefetch", "is missing: a fusion is one of answers");
        }
        if (target instanceof Target.Nothing && !prefetch.isEmpty()) {
            throw VectorProblem.invalid("query", "is missing: it says what becomes of the prefetched points");
        }
        return new WireQuery(target, prefetch, FilterJson.read(request.find("filter")), terms(request),
                isPrefetch ? Returning.NOTHING : WireSelector.returning(request, false));
    }

    private List<WireQuery> prefetch(@Nullable JsonNode json, int depth) {
        List<WireQuery> prefetch = new ArrayList<>();
        if (json == null) {
            return prefetch;
        }
        prefetches += json.isArray() ? json.size() : 1;
        if (depth >= PREFETCH_DEPTH_MOST || prefetches > PREFETCH_MOST) {
            throw VectorProblem.invalid("prefetch", "must have at most " + PREFETCH_MOST + " questions in a request, and be at most "
                    + PREFETCH_DEPTH_MOST + " deep");
        }
        for (JsonNode one : json.isArray() ? json : List.of(json)) {
            WireObject question = WireObject.of("prefetch", one);
            prefetch.add(query(question, true, depth + 1));
            question.end();
        }
        return prefetch;
    }

    private static Target target(JsonNode query, @Nullable CollectionName lookup) {
        if (!query.isObject()) {
            return nearest(query, lookup);
        }
        WireObject object = WireObject.of("query", query);
        Target target;
        if (object.has("nearest")) {
            target = nearest(object.unserved("mmr").get("nearest"), lookup);
        } else if (object.has("recommend")) {
            WireObject recommend = WireObject.of("recommend", object.get("recommend"));
            target = like(recommend, lookup);
            recommend.end();
        } else if (object.has("fusion")) {
            if (!object.text("fusion").equals("rrf")) {
                throw VectorProblem.invalid("fusion", "must be rrf: others are not served");
            }
            target = new Target.Fusion(RRF_K);
        } else if (object.has("rrf")) {
            WireObject rrf = WireObject.of("rrf", object.get("rrf")).unserved("weights");
            target = new Target.Fusion(Math.max(1, rrf.whole("k", RRF_K)));
            rrf.end();
        } else {
            throw VectorProblem.invalid("query", "must be a vector, an id, or have one of nearest, recommend, fusion and rrf: others are not served");
        }
        object.end();
        return target;
    }

    /** A vector, or the point of an id, which is an example of its own. */
    private static Target nearest(JsonNode json, @Nullable CollectionName lookup) {
        Example example = example("query", json);
        return example instanceof Example.OfVector of ? new Target.Nearest(of.vector()) : new Target.Like(List.of(example), List.of(), lookup);
    }

    private static Target like(WireObject request, @Nullable CollectionName lookup) {
        String strategy = request.findText("strategy");
        if (strategy != null && !strategy.equals("average_vector")) {
            throw VectorProblem.invalid("strategy", "must be average_vector: others are not served");
        }
        return new Target.Like(examples("positive", request), examples("negative", request), lookup);
    }

    private static List<Example> examples(String member, WireObject request) {
        List<Example> examples = new ArrayList<>();
        JsonNode list = request.find(member);
        if (list != null && !list.isArray()) {
            throw VectorProblem.invalid(member, "must be a list of ids and vectors");
        }
        if (list != null) {
            list.forEach(one -> examples.add(example(member, one)));
        }
        return examples;
    }

    private static Example example(String member, JsonNode json) {
        return WireVector.isVector(json) ? new Example.OfVector(WireVector.read(member, json)) : new Example.OfPoint(PointId.of(json));
    }

    private static @Nullable CollectionName lookup(WireObject request) {
        JsonNode json = request.find("lookup_from");
        if (json == null) {
            return null;
        }
        WireObject lookup = WireObject.of("lookup_from", json).unserved("shard_key");
        WireVector.nameless(lookup.findText("vector"));
        CollectionName collection = CollectionName.of(lookup.text("collection"));
        lookup.end();
        return collection;
    }

    private Terms terms(WireObject request) {
        JsonNode json = request.find("params");
        boolean exact = false;
        Integer ef = null;
        if (json != null) {
            // The index gives candidates, and scores come from whole vectors: what params say of quantization can make nothing better.
            WireObject params = WireObject.of("params", json).hints("quantization", "indexed_only", "acorn").unserved("idf");
            exact = params.truth("exact", false);
            ef = params.findWhole("hnsw_ef");
            params.end();
        }
        int limit = request.whole("limit", LIMIT);
        int offset = request.whole("offset", 0);
        points += Math.min(POINTS_MOST + 1, limit) + Math.min(POINTS_MOST + 1, offset);
        if (points > POINTS_MOST) {
            throw VectorProblem.invalid("limit", "and offset must be at most " + POINTS_MOST + " over all questions of a request");
        }
        return new Terms(limit, offset, request.findNumber("score_threshold"), exact, ef);
    }
}
