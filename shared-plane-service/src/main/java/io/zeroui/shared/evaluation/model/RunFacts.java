package io.zeroui.shared.evaluation.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a result file says about its run as a whole.
 *
 * @param name id that the tool gave the run; empty where it gave none
 * @param task what was evaluated, as the tool calls it; empty where it does not say
 * @param models that were evaluated
 * @param createdAt when; null where the file does not say
 * @param reported the tool's own figures by name, for example {@code accuracy}
 */
public record RunFacts(String name, String task, List<String> models, @Nullable Instant createdAt, Map<String, Double> reported) {

    /** Nothing is known. */
    public static final RunFacts NONE = new RunFacts("", "", List.of(), null, Map.of());

    public RunFacts {
        models = List.copyOf(models);
        reported = Map.copyOf(reported);
    }
}
