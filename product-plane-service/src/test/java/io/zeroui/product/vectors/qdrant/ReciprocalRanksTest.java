package io.zeroui.product.vectors.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.qdrant.wire.WireQuery.Terms;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reciprocal ranks as Qdrant's documentation computes them. */
class ReciprocalRanksTest {

    @Test
    void ranksOfAllAnswersAreSummedAndTheLowerIdWinsATie() {
        List<ScoredPoint> fused = ReciprocalRanks.fuse(List.of(answer(1, 2, 3), answer(3, 1)), 2, new Terms(10, 0, null, false, null));
        assertThat(fused).extracting(found -> found.point().id().toString()).containsExactly("1", "3", "2");
        assertThat(fused.get(0).score()).isCloseTo(1 / 2.0 + 1 / 3.0, within(1e-9));
        assertThat(fused.get(1).score()).isCloseTo(1 / 4.0 + 1 / 2.0, within(1e-9));
        List<ScoredPoint> tie = ReciprocalRanks.fuse(List.of(answer(9), answer(4)), 2, new Terms(10, 0, null, false, null));
        assertThat(tie).extracting(found -> found.point().id().toString()).containsExactly("4", "9");
    }

    @Test
    void offsetLimitAndThresholdAreOfTheSums() {
        List<List<ScoredPoint>> answers = List.of(answer(1, 2, 3, 4));
        assertThat(ReciprocalRanks.fuse(answers, 2, new Terms(2, 1, null, false, null))).extracting(found -> found.point().id().toString())
                .containsExactly("2", "3");
        assertThat(ReciprocalRanks.fuse(answers, 2, new Terms(10, 0, 0.3, false, null))).hasSize(2);
        assertThat(ReciprocalRanks.fuse(List.of(), 2, new Terms(10, 0, null, false, null))).isEmpty();
    }

    private static List<ScoredPoint> answer(long... ids) {
        return LongStream.of(ids).mapToObj(id -> new ScoredPoint(new StoredPoint(PointId.of(id), null, null), 1)).toList();
    }
}
