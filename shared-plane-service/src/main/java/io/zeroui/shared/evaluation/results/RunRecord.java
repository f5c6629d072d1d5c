package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.shared.evaluation.model.RunFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of a suite.
 *
 * @param runId its id: the beginning of a SHA-256 over results, suite and pinned digests
 * @param number of the act that recorded it; later runs have higher ones
 * @param recordedAt when it was recorded
 * @param recordedBy who brought it in
 * @param facts everything else, as it is in the act
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunRecord(String runId, long number, Instant recordedAt, String recordedBy, Facts facts) {

    /**
     * What is known of a run.
     *
     * @param suite what was run
     * @param suiteVersion which version of it
     * @param datasetDigest of what it was run over
     * @param codeDigest of what ran it: a SHA-256 or a commit
     * @param model what was evaluated
     * @param modelDigest of it
     * @param source the file that it was read from, by reference
     * @param tool what the tool says of the run
     * @param results SHA-256 of the object with the items
     * @param counts what there is of it
     * @param scores over the items, by name
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Facts(String suite, long suiteVersion, String datasetDigest, String codeDigest, String model, String modelDigest, Source source,
            Tool tool, String results, Counts counts, List<ScoreSummary> scores) {

        RunFacts told() {
            return new RunFacts(tool.name(), tool.task(), List.of(model), tool.createdAt(), tool.reported());
        }
    }

    /**
     * The file that a run was read from. It is not kept: it has what went into a model and what came out.
     *
     * @param format of the file
     * @param sha256 of it
     * @param bytes its length
     * @param variant which of the runs in it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Source(String format, String sha256, long bytes, String variant) {
    }

    /**
     * What the tool says of the run.
     *
     * @param name its own id of the run
     * @param task what was evaluated, as it calls it
     * @param models that were evaluated
     * @param createdAt when; absent where it does not say
     * @param reported its own figures
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tool(String name, String task, List<String> models, @Nullable Instant createdAt, Map<String, Double> reported) {
    }

    /**
     * What there is of a run.
     *
     * @param items how many
     * @param results items times epochs
     * @param errors how many results are errors
     * @param removed places in reasons at which something was removed that must not be kept
     * @param leftOut reasons that were left out, since there was too much text before them
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Counts(int items, int results, int errors, int removed, int leftOut) {
    }
}
