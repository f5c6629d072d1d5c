package io.zeroui.shared.evaluation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.comparison.ItemChange;
import io.zeroui.shared.evaluation.comparison.MeanEstimate;
import io.zeroui.shared.evaluation.comparison.RunComparison;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.Score;
import io.zeroui.shared.evaluation.results.Runs;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Two runs of a suite, item by item. */
@Path("/v1/evaluations/comparison")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evaluations", description = "Suites, datasets, runs, their comparison, and gates")
public class ComparisonsResource {

    private static final double CONFIDENCE_LEAST = 0.5;
    private static final double CONFIDENCE_MOST = 0.9999;

    private final Runs runs;

    ComparisonsResource(Runs runs) {
        this.runs = runs;
    }

    /**
     * Two runs compared.
     *
     * @param baseline what is compared with
     * @param candidate what is compared
     * @param score by which score
     * @param method how the difference and its interval are computed: {@code paired-student-t}
     * @param difference candidate less baseline over the items that both have; absent where they have none in common
     * @param baselineMean over all items of the baseline
     * @param candidateMean over all items of the candidate
     * @param counts how many items regressed, are worse, missing, unchanged, added or better
     * @param items regressions first, then what is worse, missing, unchanged, added, better; in each the larger change first
     * @param next for the parameter {@code after} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Comparison(String baseline, String candidate, String score, String method, @Nullable Mean difference, Mean baselineMean,
            Mean candidateMean, Map<String, Integer> counts, List<Change> items, @Nullable String next) {
    }

    /**
     * A mean over items.
     *
     * @param items how many
     * @param mean of them
     * @param standardError of the mean; absent for a single item
     * @param low lower end of the interval; absent for a single item
     * @param high upper end
     * @param confidence of the interval
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mean(int items, double mean, @Nullable Double standardError, @Nullable Double low, @Nullable Double high,
            @Nullable Double confidence) {

        static Mean of(MeanEstimate mean) {
            MeanEstimate.Interval interval = mean.interval();
            return interval == null ? new Mean(mean.items(), mean.mean(), null, null, null, null)
                    : new Mean(mean.items(), mean.mean(), mean.standardError(), interval.low(), interval.high(), interval.confidence());
        }
    }

    /**
     * What became of an item.
     *
     * @param item its id
     * @param change {@code regressed}, {@code worse}, {@code missing}, {@code unchanged}, {@code added} or {@code better}
     * @param baseline mean over its epochs; absent where the baseline has it not
     * @param candidate the same of the candidate
     * @param difference candidate less baseline
     * @param epochs of the baseline and of the candidate
     * @param tags of both
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(String item, String change, @Nullable Double baseline, @Nullable Double candidate, @Nullable Double difference,
            List<Integer> epochs, List<String> tags) {

        static Change of(ItemChange one) {
            return new Change(one.item(), one.kind().key(), one.baseline(), one.candidate(), one.difference(), one.epochs(), one.tags());
        }
    }

    /** Compares. */
    @GET
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "compareEvaluationRuns", summary = "Two runs of a suite compared item by item by one score: the paired difference of the items' means over "
            + "their epochs with Student's confidence interval, and the items, regressions first")
    @Parameter(name = "confidence", description = "Of the intervals, from 0.5 to 0.9999")
    @Parameter(name = "after", description = "What the page before says as next")
    @APIResponse(responseCode = "304", description = EvaluationCalls.NOT_MODIFIED)
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The runs are of different suites, or one has no such score")
    public Uni<RestResponse<Comparison>> compare(@QueryParam("baseline") @Nullable String baseline, @QueryParam("candidate") @Nullable String candidate,
            @QueryParam("score") @DefaultValue("score") String score, @QueryParam("confidence") @DefaultValue("0.95") double confidence,
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @DefaultValue("100") int limit,
            @HeaderParam("If-None-Match") @Nullable String known) {
        int most = EvaluationCalls.limit(limit);
        if (!(confidence >= CONFIDENCE_LEAST && confidence <= CONFIDENCE_MOST)) {
            throw EvaluationProblem.invalid("confidence", "must be from " + CONFIDENCE_LEAST + " to " + CONFIDENCE_MOST);
        }
        String of = Objects.requireNonNull(EvaluationCalls.text("score", score, Score.NAME_MOST));
        String from = EvaluationCalls.text("after", after, ItemResult.ITEM_MOST);
        return runs.get(RunsResource.id(baseline)).chain(before -> runs.get(RunsResource.id(candidate))
                .chain(now -> runs.compare(before, now, of, confidence)
                        .map(done -> EvaluationCalls.tagged(String.join(" ", "comparison", before.runId(), now.runId(), of, "" + confidence, "" + from, "" + most),
                                known, () -> page(before.runId(), now.runId(), of, done, from, most)))));
    }

    private static Comparison page(String baseline, String candidate, String score, RunComparison done, @Nullable String after, int limit) {
        int from = 0;
        if (after != null) {
            from = 1 + done.items().stream().map(ItemChange::item).toList().indexOf(after);
            if (from == 0) {
                throw EvaluationProblem.invalid("after", "must be an item of the comparison");
            }
        }
        int to = Math.min(done.items().size(), from + limit);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (ItemChange.Kind kind : ItemChange.Kind.values()) {
            counts.put(kind.key(), done.counts().getOrDefault(kind, 0));
        }
        MeanEstimate difference = done.difference();
        return new Comparison(baseline, candidate, score, "paired-student-t", difference == null ? null : Mean.of(difference), Mean.of(done.baseline()),
                Mean.of(done.candidate()), counts, done.items().subList(from, to).stream().map(Change::of).toList(),
                to < done.items().size() ? done.items().get(to - 1).item() : null);
    }
}
