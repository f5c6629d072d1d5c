package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.comparison.MeanEstimate;
import io.zeroui.shared.evaluation.comparison.RunComparison;
import io.zeroui.shared.evaluation.model.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score of a run over its items.
 *
 * @param name the grader's
 * @param direction which end is the good one, for example {@code higher_is_better}
 * @param items how many have it
 * @param mean over the items, each the mean of its epochs
 * @param standardError of the mean; null for a single item
 * @param low lower end of Student's interval of 95 %; null for a single item
 * @param high upper end
 * @param passed share of the items that pass in more than half of their epochs; null where the grader does not say
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScoreSummary(String name, String direction, int items, double mean, @Nullable Double standardError, @Nullable Double low,
        @Nullable Double high, @Nullable Double passed) {

    static ScoreSummary of(String name, Direction direction, List<ItemValues> items) {
        MeanEstimate mean = RunComparison.mean(items, MeanEstimate.USUAL_CONFIDENCE);
        MeanEstimate.Interval interval = mean.interval();
        long saying = items.stream().filter(item -> item.passes() >= 0).count();
        return new ScoreSummary(name, direction.key(), mean.items(), mean.mean(), mean.standardError(), interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                saying == 0 ? null : items.stream().filter(item -> item.passes() * 2 > item.values().size()).count() / (double) saying);
    }
}
