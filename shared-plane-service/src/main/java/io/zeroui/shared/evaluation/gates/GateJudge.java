package io.zeroui.shared.evaluation.gates;

import io.zeroui.shared.evaluation.comparison.ItemChange;
import io.zeroui.shared.evaluation.comparison.ItemChange.Kind;
import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.comparison.MeanEstimate;
import io.zeroui.shared.evaluation.comparison.RunComparison;
import io.zeroui.shared.evaluation.gates.GateDecision.Reason;
import io.zeroui.shared.evaluation.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides gates. What cannot be decided, since a score or the baseline is missing, is not met: a gate never passes for want of data. */
public final class GateJudge {

    private static final int NAMED_MOST = 3;

    private final RunScores run;
    private final @Nullable RunScores baseline;
    private final double confidence;

    private GateJudge(RunScores run, @Nullable RunScores baseline, double confidence) {
        this.run = run;
        this.baseline = baseline;
        this.confidence = confidence;
    }

    /**
     * What the criteria say of a run.
     *
     * @param baseline what it is compared with; null where there is none
     * @param confidence of intervals, between 0 and 1
     */
    public static GateDecision decide(List<Criterion> criteria, RunScores run, @Nullable RunScores baseline, double confidence) {
        GateJudge judge = new GateJudge(run, baseline, confidence);
        List<Reason> reasons = new ArrayList<>();
        criteria.forEach(criterion -> reasons.add(judge.reason(criterion)));
        return new GateDecision(!reasons.isEmpty() && reasons.stream().allMatch(Reason::met), reasons);
    }

    private Reason reason(Criterion criterion) {
        if (criterion instanceof Criterion.Bound bound) {
            return bound(bound);
        }
        if (criterion instanceof Criterion.NoWorse noWorse) {
            return noWorse(noWorse);
        }
        if (criterion instanceof Criterion.NoRegression none) {
            return noRegression(none);
        }
        if (criterion instanceof Criterion.Errors errors) {
            boolean met = run.errors() <= errors.share() * run.results();
            return new Reason(met, run.errors() + " of " + run.results() + " results are errors, allowed is a share of " + number(errors.share()));
        }
        int least = ((Criterion.Items) criterion).least();
        return new Reason(run.items() >= least, "the run has " + run.items() + " items, wanted are " + least);
    }

    private Reason bound(Criterion.Bound bound) {
        List<ItemValues> items = run.of(bound.score());
        if (items.isEmpty()) {
            return new Reason(false, "the run has no score " + bound.score());
        }
        MeanEstimate mean = RunComparison.mean(items, confidence);
        boolean isHigher = run.direction(bound.score()) == Direction.HIGHER_IS_BETTER;
        if (bound.sure() && mean.interval() == null) {
            return new Reason(false, "one item of " + bound.score() + " says nothing about how sure its mean is");
        }
        double low = mean.interval() == null || !bound.sure() ? mean.mean() : mean.interval().low();
        double high = mean.interval() == null || !bound.sure() ? mean.mean() : mean.interval().high();
        boolean met = isHigher ? low >= bound.value() : high <= bound.value();
        return new Reason(met, "the mean of " + bound.score() + " is " + shown(mean) + ", wanted is " + (isHigher ? "at least " : "at most ")
                + number(bound.value()) + (bound.sure() ? " by the whole interval" : ""));
    }

    private Reason noWorse(Criterion.NoWorse criterion) {
        Optional<RunComparison> comparison = comparison(criterion.score());
        MeanEstimate difference = comparison.map(RunComparison::difference).orElse(null);
        if (difference == null) {
            return missing(criterion.score());
        }
        if (criterion.sure() && difference.interval() == null) {
            return new Reason(false, "one common item of " + criterion.score() + " says nothing about how sure its difference is");
        }
        boolean isHigher = run.direction(criterion.score()) == Direction.HIGHER_IS_BETTER;
        double worst = !criterion.sure() || difference.interval() == null ? difference.mean()
                : isHigher ? difference.interval().low() : difference.interval().high();
        boolean met = isHigher ? worst >= -criterion.margin() : worst <= criterion.margin();
        return new Reason(met, criterion.score() + " differs from the baseline by " + shown(difference) + " over " + difference.items()
                + " items, it may be worse by " + number(criterion.margin()) + (criterion.sure() ? " by the whole interval" : ""));
    }

    private Reason noRegression(Criterion.NoRegression criterion) {
        Optional<RunComparison> comparison = comparison(criterion.score());
        if (comparison.isEmpty()) {
            return missing(criterion.score());
        }
        String tag = criterion.tag();
        List<ItemChange> counted = comparison.get().items().stream().filter(item -> tag == null || item.tags().contains(tag)).toList();
        List<String> lost = counted.stream().filter(item -> item.kind() == Kind.REGRESSED || item.kind() == Kind.MISSING).map(ItemChange::item).toList();
        String which = tag == null ? " items" : " items with the tag " + tag;
        if (counted.isEmpty()) {
            return new Reason(false, "there are no" + which + " of " + criterion.score());
        }
        return new Reason(lost.isEmpty(), lost.size() + " of " + counted.size() + which + " regressed in " + criterion.score() + " or are missing"
                + (lost.isEmpty() ? "" : ": " + String.join(", ", lost.subList(0, Math.min(NAMED_MOST, lost.size())))
                        + (lost.size() > NAMED_MOST ? ", …" : "")));
    }

    private Optional<RunComparison> comparison(String score) {
        return baseline == null ? Optional.empty()
                : RunComparison.of(baseline.of(score), run.of(score), run.direction(score), confidence);
    }

    private Reason missing(String score) {
        return new Reason(false, baseline == null ? "there is no baseline to compare " + score + " with"
                : "the run and the baseline have no item with a score " + score + " in common");
    }

    private static String shown(MeanEstimate mean) {
        MeanEstimate.Interval interval = mean.interval();
        return number(mean.mean()) + (interval == null ? "" : " (" + number(interval.low()) + " to " + number(interval.high()) + ")");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
