package io.zeroui.cli.evaluations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Progress;
import io.zeroui.cli.system.RunningSystem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Suites, datasets, runs, their comparison, and gates. */
@Command(name = "evaluations", header = "Bring in results of evaluations, compare runs, ask gates.", description = "Asks the shared plane. Commands act with the key in "
        + "ZEROUI_API_KEY; without it with the administrator's.")
public final class EvaluationsCommand implements Runnable {

    private static final String JSON = "application/json";

    private final @Nullable RunningSystem given;

    @Spec
    private CommandSpec spec;

    EvaluationsCommand() {
        this(null);
    }

    EvaluationsCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "evaluations wants one of: list, dataset, suite, gate, import, runs, show, compare, trend, export, decide, verdicts");
    }

    @Command(name = "list", header = "List datasets, suites or gates.")
    int list(@Parameters(paramLabel = "KIND", description = "datasets, suites or gates") String kind,
            @Option(names = "--after", paramLabel = "NAME", defaultValue = "", description = "where the page begins, as the one before says") String after,
            @Option(names = "--json", description = "as JSON") boolean json) {
        if (!kind.equals("datasets") && !kind.equals("suites") && !kind.equals("gates")) {
            throw new ParameterException(spec.commandLine(), "list wants datasets, suites or gates");
        }
        return print(client().get(EvaluationClient.path(kind, Map.of("after", after))), json, EvaluationTables::documents);
    }

    @Command(name = "dataset", header = "Write a version of a dataset.")
    int dataset(@Parameters(paramLabel = "NAME", description = "its name") String name,
            @Parameters(paramLabel = "FILE", description = "one fixture a line: id, input, target, tags, metadata") Path file,
            @Option(names = "--description", paramLabel = "TEXT", defaultValue = "", description = "what is in it") String description,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().put(EvaluationClient.path("datasets/" + EvaluationClient.text(name), Map.of("description", description)), "application/x-ndjson",
                file), json, EvaluationTables::document);
    }

    @Command(name = "suite", header = "Write a version of a suite.")
    int suite(@Parameters(paramLabel = "NAME", description = "its name") String name,
            @Parameters(paramLabel = "FILE", description = "JSON: description, dataset, graders") Path file,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().put(EvaluationClient.path("suites/" + EvaluationClient.text(name), Map.of()), JSON, file), json, EvaluationTables::document);
    }

    @Command(name = "gate", header = "Write a version of a gate.")
    int gate(@Parameters(paramLabel = "NAME", description = "its name") String name,
            @Parameters(paramLabel = "FILE", description = "JSON: suite, criteria, confidence, valid_for") Path file,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().put(EvaluationClient.path("gates/" + EvaluationClient.text(name), Map.of()), JSON, file), json, EvaluationTables::document);
    }

    @Command(name = "import", header = "Bring a result file in as a run.")
    int bring(@Parameters(paramLabel = "FILE", description = "what the tool wrote") Path file,
            @Option(names = "--format", paramLabel = "FORMAT", required = true, description = "promptfoo, inspect, openai-evals or jsonl") String format,
            @Option(names = "--suite", paramLabel = "NAME", required = true, description = "what was run") String suite,
            @Option(names = "--code", paramLabel = "DIGEST", required = true, description = "SHA-256 or commit of what ran it") String code,
            @Option(names = "--model-digest", paramLabel = "DIGEST", required = true, description = "SHA-256 of the model, or of what names its version") String modelDigest,
            @Option(names = "--model", paramLabel = "NAME", defaultValue = "", description = "which model; as the file says if not given") String model,
            @Option(names = "--dataset-digest", paramLabel = "DIGEST", defaultValue = "", description = "of the dataset; that of the suite if not given") String dataset,
            @Option(names = "--variant", paramLabel = "TEXT", defaultValue = "", description = "which run of the file, where it has several") String variant,
            @Option(names = "--json", description = "as JSON") boolean json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("format", format);
        parameters.put("suite", suite);
        parameters.put("code_digest", code);
        parameters.put("model_digest", modelDigest);
        parameters.put("model", model);
        parameters.put("dataset_digest", dataset);
        parameters.put("variant", variant);
        EvaluationClient client = client();
        JsonNode done = client.bring(EvaluationClient.path("imports", parameters), file, Progress.on(spec.commandLine().getErr()));
        return print(client.get(run(done.path("run").asText())), json, EvaluationTables::run);
    }

    @Command(name = "runs", header = "List runs, the newest first.")
    int runs(@Option(names = "--suite", paramLabel = "NAME", defaultValue = "", description = "of one suite") String suite,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many, 1 to 1000; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--before", paramLabel = "N", defaultValue = "", description = "where the page begins, as the one before says") String before,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().get(EvaluationClient.path("runs", Map.of("suite", suite, "limit", Integer.toString(limit), "before", before))), json,
                EvaluationTables::runs);
    }

    @Command(name = "show", header = "Show a run with its scores.")
    int show(@Parameters(paramLabel = "RUN", description = "its id") String run, @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().get(run(run)), json, EvaluationTables::run);
    }

    @Command(name = "compare", header = "Compare two runs item by item, regressions first.")
    int compare(@Parameters(paramLabel = "BASELINE", description = "id of a run") String baseline,
            @Parameters(paramLabel = "CANDIDATE", description = "id of another run of the suite") String candidate,
            @Option(names = "--score", paramLabel = "NAME", defaultValue = "score", description = "by which score; ${DEFAULT-VALUE} if not given") String score,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many items, 1 to 1000; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--after", paramLabel = "ITEM", defaultValue = "", description = "where the page begins, as the one before says") String after,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().get(EvaluationClient.path("comparison", Map.of("baseline", baseline, "candidate", candidate, "score", score, "limit",
                Integer.toString(limit), "after", after))), json, EvaluationTables::comparison);
    }

    @Command(name = "trend", header = "Show how a score of a suite went, the newest run first.")
    int trend(@Parameters(paramLabel = "SUITE", description = "the suite") String suite,
            @Option(names = "--score", paramLabel = "NAME", defaultValue = "score", description = "which score; ${DEFAULT-VALUE} if not given") String score,
            @Option(names = "--before", paramLabel = "N", defaultValue = "", description = "where the page begins, as the one before says") String before,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().get(EvaluationClient.path("suites/" + EvaluationClient.text(suite) + "/trend", Map.of("score", score, "before", before))), json,
                EvaluationTables::trend);
    }

    @Command(name = "export", header = "Write a run as a file of another tool.")
    int export(@Parameters(paramLabel = "RUN", description = "its id") String run,
            @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "jsonl", description = "promptfoo, inspect, openai-evals or jsonl; ${DEFAULT-VALUE} if not given") String format,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "where to; must not be there") Path out) {
        client().download(EvaluationClient.path("runs/" + EvaluationClient.text(run) + "/export", Map.of("format", format)), out);
        return 0;
    }

    @Command(name = "decide", header = "Ask a gate; exit code 1 where it is not passed.")
    int decide(@Parameters(paramLabel = "GATE", description = "the gate") String gate,
            @Option(names = "--run", paramLabel = "RUN", required = true, description = "the run to judge") String run,
            @Option(names = "--baseline", paramLabel = "RUN", description = "what it is compared with") @Nullable String baseline,
            @Option(names = "--kind", paramLabel = "KIND", required = true, description = "model, policy, prompt or agent") String kind,
            @Option(names = "--id", paramLabel = "ID", required = true, description = "which one") String id,
            @Option(names = "--subject-version", paramLabel = "VERSION", required = true, description = "which version of it; of a policy its snapshot_hash") String version,
            @Option(names = "--json", description = "as JSON") boolean json) {
        ObjectNode wish = Json.object().put("run", run);
        if (baseline != null) {
            wish.put("baseline", baseline);
        }
        wish.putObject("subject").put("kind", kind).put("id", id).put("version", version);
        JsonNode verdict = client().post(EvaluationClient.path("gates/" + EvaluationClient.text(gate) + "/verdicts", Map.of()), wish);
        return print(verdict, json, EvaluationTables::verdict) + (verdict.path("passed").asBoolean() ? 0 : 1);
    }

    @Command(name = "verdicts", header = "List what gates have decided, the newest first.")
    int verdicts(@Option(names = "--gate", paramLabel = "GATE", defaultValue = "", description = "of one gate") String gate,
            @Option(names = "--before", paramLabel = "N", defaultValue = "", description = "where the page begins, as the one before says") String before,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().get(EvaluationClient.path("verdicts", Map.of("gate", gate, "before", before))), json, EvaluationTables::verdicts);
    }

    private static String run(String id) {
        return EvaluationClient.path("runs/" + EvaluationClient.text(id), Map.of());
    }

    private EvaluationClient client() {
        RunningSystem system = given;
        return new EvaluationClient(system == null ? RunningSystem.fromEnvironment() : system);
    }

    private int print(JsonNode answer, boolean json, Function<JsonNode, String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }
}
