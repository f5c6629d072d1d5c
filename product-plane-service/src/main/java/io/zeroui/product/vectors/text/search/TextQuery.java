package io.zeroui.product.vectors.text.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.product.vectors.Search;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.FilterJson;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.text.TextBody;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param text what is meant
 * @param hybrid whether the words count too
 * @param provider what makes the vector; null for what fits the collection
 */
record TextQuery(String text, boolean hybrid, @Nullable String provider, Filter filter, int limit, int offset, @Nullable Double threshold,
        boolean exact, @Nullable Integer ef, Returning returning) {

    private static final int TEXT_MOST = 8_000;
    private static final int HYBRID_MOST = 1_000;
    private static final int NAME_MOST = 64;
    private static final int LIMIT_MOST = 1_000;

    /**
     * Reads a body.
     *
     * @throws io.zeroui.runtime.problems.ProblemException 400 that names the member which is wrong
     */
    static TextQuery parse(byte @Nullable [] body) {
        TextBody json = TextBody.parse(body, "text", "hybrid", "provider", "filter", "limit", "offset", "score_threshold", "exact", "ef",
                "with_payload", "with_vector");
        boolean hybrid = json.truth("hybrid");
        JsonNode threshold = json.find("score_threshold");
        if (threshold != null && !threshold.isNumber()) {
            throw VectorProblem.invalid("score_threshold", "must be a number");
        }
        int limit = json.number("limit", 10);
        if (limit < 1 || limit > LIMIT_MOST) {
            throw VectorProblem.invalid("limit", "must be from 1 to " + LIMIT_MOST);
        }
        return new TextQuery(json.required("text", hybrid ? HYBRID_MOST : TEXT_MOST), hybrid, json.text("provider", NAME_MOST),
                FilterJson.read(json.find("filter")), limit, json.number("offset", 0), threshold == null ? null : threshold.doubleValue(),
                json.truth("exact"), json.find("ef") == null ? null : json.number("ef", 1),
                Returning.of(json.find("with_payload"), json.find("with_vector"), true));
    }

    /** The search for a vector. */
    Search of(float[] vector) {
        return new Search(vector, filter, limit, offset, threshold, exact, ef, returning);
    }
}
