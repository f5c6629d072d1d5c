package io.zeroui.shared.evaluation.gates;

import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.model.Direction;
import java.util.List;
import java.util.Map;

/**
 * What a gate looks at of a run.
 *
 * @param items how many items it has
 * @param results items times epochs
 * @param errors how many of the results are errors
 * @param scores items by the name of the score
 * @param directions which end of a score is good; higher where a score is not in it
 */
public record RunScores(int items, int results, int errors, Map<String, List<ItemValues>> scores, Map<String, Direction> directions) {

    List<ItemValues> of(String score) {
        return scores.getOrDefault(score, List.of());
    }

    Direction direction(String score) {
        return directions.getOrDefault(score, Direction.HIGHER_IS_BETTER);
    }
}
