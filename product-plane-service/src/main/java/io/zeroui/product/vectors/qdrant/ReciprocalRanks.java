package io.zeroui.product.vectors.qdrant;

import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Terms;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reciprocal rank fusion as Qdrant computes it: 1 / (k + rank) summed over the answers, the first rank being 0. */
final class ReciprocalRanks {

    private static final Comparator<ScoredPoint> BEST_FIRST = Comparator.comparingDouble(ScoredPoint::score).reversed()
            .thenComparing(found -> found.point().id());

    private ReciprocalRanks() {
    }

    /** The points of all answers with their sums, the best first, as many as the terms say; of equal sums the lower id first. */
    static List<ScoredPoint> fuse(List<List<ScoredPoint>> answers, int k, Terms terms) {
        Map<StoredPoint, Double> sums = new HashMap<>();
        for (List<ScoredPoint> answer : answers) {
            for (int rank = 0; rank < answer.size(); rank++) {
                sums.merge(new StoredPoint(answer.get(rank).point().id(), null, null), 1.0 / (k + rank), Double::sum);
            }
        }
        double worst = terms.threshold() == null ? 0 : terms.threshold();
        return sums.entrySet().stream().map(entry -> new ScoredPoint(entry.getKey(), entry.getValue()))
                .filter(found -> found.score() >= worst).sorted(BEST_FIRST).skip(terms.offset()).limit(terms.limit()).toList();
    }
}
