package io.zeroui.cli.governance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long evidence is kept. */
@Command(name = "retention", header = "Say how long a tenant's evidence is kept.", description = "What is older goes, day by day, at the next look, which comes every hour; what a legal hold keeps stays, and every later day.")
public final class RetentionCommand implements Runnable {

    private static final String PATH = "/v1/evidence/retention";
    private static final String TENANT = "X-Tenant-Id";
    private static final int SERVER_ERROR = 500;

    @Spec
    private CommandSpec spec;

    RetentionCommand() {
    }

    /** How long. */
    private static final class Period {
        @Option(names = "--days", paramLabel = "N", description = "full days behind the one on which a receipt came")
        private @Nullable Integer days;
        @Option(names = "--for-ever", description = "nothing goes any more; what is gone does not come back")
        private boolean forEver;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "retention wants one of: show, set, run");
    }

    @Command(name = "show", header = "How long, and what is gone.")
    int show(@Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose") String tenant,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().get(Plane.TENANT, PATH, TENANT, tenant), tenant, json);
    }

    @Command(name = "set", header = "Set how long.")
    int set(@Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose") String tenant,
            @ArgGroup(multiplicity = "1") Period period,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; it stays for ever, so no personal data") String reason,
            @Option(names = "--case", paramLabel = "ID", description = "the case") @Nullable String caseId,
            @Option(names = "--json", description = "as JSON") boolean json) {
        ObjectNode wish = Json.object().put("days", period.days == null ? 0 : period.days).put("reason", reason);
        if (caseId != null) {
            wish.put("case_id", caseId);
        }
        return print(client().put(Plane.TENANT, PATH, Json.write(wish).getBytes(StandardCharsets.UTF_8), TENANT, tenant), tenant, json);
    }

    @Command(name = "run", header = "Let what is older go now.")
    int runNow(@Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose") String tenant,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(client().post(Plane.TENANT, PATH + "/runs", new byte[0], TENANT, tenant), tenant, json);
    }

    private int print(Answer answer, String tenant, boolean json) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the tenant plane refuses: " + answer.problem(), answer.status() >= SERVER_ERROR ? "see ./zeroui logs tenant" : "see ./zeroui retention --help");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(answer.body()) : text(tenant, answer.body()));
        out.flush();
        return 0;
    }

    private static String text(String tenant, JsonNode state) {
        int days = state.path("days").asInt();
        StringBuilder text = new StringBuilder(tenant).append(days == 0 ? " keeps its evidence for ever" : " keeps its evidence for " + days + " days");
        if (state.hasNonNull("set_at")) {
            text.append(" (").append(state.path("reason").asText()).append(", since ").append(state.path("set_at").asText()).append(')');
        }
        if (!state.hasNonNull("kept_from")) {
            text.append("\nnothing is dropped");
        } else {
            text.append("\nthe first %,d lines, of before %s, are dropped".formatted(state.path("dropped_lines").asLong(),
                    state.path("kept_from").asText()));
        }
        if (state.hasNonNull("held_by")) {
            text.append("\nthe legal hold \"%s\" keeps what came on %s and later".formatted(state.path("held_by").asText(),
                    state.path("held_from").asText()));
        }
        return text.toString();
    }

    private static ServiceClient client() {
        return new ServiceClient(RunningSystem.fromEnvironment());
    }
}
