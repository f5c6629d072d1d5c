package io.zeroui.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Alerts as they stand, with an exit code for scripts; their history and rules. */
@Command(name = "alerts", header = "Show what is the matter with the planes.", description = "Asks the shared plane. Exit code 0 where nothing fires, 3 where a warning "
        + "does, 4 where something critical does; 1 where that cannot be known.")
public final class AlertsCommand implements Callable<Integer> {

    private static final String ALERTS = "/v1/alerts";
    private static final int PAGE = 1000;
    private static final int PAGES_MOST = 100;
    private static final int WARNING = 3;
    private static final int CRITICAL = 4;

    private final @Nullable RunningSystem given;

    @Option(names = "--plane", paramLabel = "PLANE", description = "only about this plane: ide, tenant, product or shared")
    private @Nullable String plane;

    @Option(names = "--all", description = "also what is pending, and what was resolved a short while ago")
    private boolean all;

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Spec
    private CommandSpec spec;

    AlertsCommand() {
        this(null);
    }

    AlertsCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public Integer call() {
        ObjectNode answer = pages(ALERTS, all ? parameter("plane", plane) : parameter("plane", plane) + parameter("state", "firing"), "alerts", PAGES_MOST * PAGE);
        print(answer, json, AlertTables::alerts);
        int code = 0;
        for (JsonNode alert : answer.path("alerts")) {
            if (alert.path("state").asText().equals("firing")) {
                code = Math.max(code, alert.path("severity").asText().equals("critical") ? CRITICAL : WARNING);
            }
        }
        return code;
    }

    @Command(name = "history", header = "Show how alerts changed, newest first.")
    int history(@Option(names = "--since", paramLabel = "TIME", description = "RFC 3339; a week ago if not given") @Nullable String since,
            @Option(names = "--rule", paramLabel = "RULE", description = "only this rule") @Nullable String rule,
            @Option(names = "--plane", paramLabel = "PLANE", description = "only about this plane") @Nullable String of,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "how many; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--json", description = "for programs") boolean asJson) {
        if (limit < 1 || limit > PAGES_MOST * PAGE) {
            throw new ParameterException(spec.commandLine(), "--limit is from 1 to " + PAGES_MOST * PAGE);
        }
        print(pages(ALERTS + "/history", parameter("since", since) + parameter("rule", rule) + parameter("plane", of), "transitions", limit), asJson,
                AlertTables::transitions);
        return 0;
    }

    @Command(name = "rules", header = "List the rules.")
    int rules(@Option(names = "--json", description = "for programs") boolean asJson) {
        print(get(ALERTS + "/rules"), asJson, AlertTables::rules);
        return 0;
    }

    /** The answers' rows, page by page, at most so many. */
    private ObjectNode pages(String path, String query, String rows, int most) {
        ArrayNode found = Json.object().putArray(rows);
        String cursor = "";
        do {
            JsonNode page = get(path + "?limit=" + Math.min(PAGE, most - found.size()) + query + cursor);
            page.path(rows).forEach(found::add);
            cursor = page.hasNonNull("next_cursor") ? parameter("cursor", page.path("next_cursor").asText()) : "";
        } while (!cursor.isEmpty() && found.size() < most);
        ObjectNode answer = Json.object();
        answer.set(rows, found);
        return answer;
    }

    private JsonNode get(String path) {
        RunningSystem system = given;
        Answer answer = new ServiceClient(system == null ? RunningSystem.fromEnvironment() : system).get(Plane.SHARED, path);
        if (!answer.isSuccess()) {
            throw new CliFailure("the shared plane refuses with " + answer.problem(), "what the service says of itself is in ./zeroui logs shared");
        }
        return answer.body();
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void print(JsonNode answer, boolean asJson, Function<JsonNode, String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(asJson ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
    }
}
