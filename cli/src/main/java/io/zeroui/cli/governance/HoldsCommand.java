package io.zeroui.cli.governance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Table;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Legal holds. */
@Command(name = "holds", aliases = "hold", header = "Place, list and release legal holds.", description = "While a hold lasts, the receipts that it is about are not erased.")
public final class HoldsCommand implements Runnable {

    private static final String PATH = "/v1/evidence/holds";
    private static final String TENANT = "X-Tenant-Id";

    @Spec
    private CommandSpec spec;

    HoldsCommand() {
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "holds wants one of: place, list, release");
    }

    @Command(name = "place", header = "Place a hold.", description = "With none of the filters it is about everything that the tenant has; with several, about what meets all of them.")
    int place(@Parameters(paramLabel = "NAME", description = "what people call it, an incident for example") String name,
            @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose receipts") String tenant,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; it stays for ever, so no personal data") String reason,
            @Option(names = "--case", paramLabel = "ID", description = "the case") @Nullable String caseId,
            @Option(names = "--receipt", paramLabel = "ID", description = "only this receipt; may be given up to 64 times") @Nullable List<String> receipts,
            @Option(names = "--repo", paramLabel = "REPO", description = "only receipts of this repository") @Nullable String repo,
            @Option(names = "--gate", paramLabel = "GATE", description = "only receipts of this gate") @Nullable String gate,
            @Option(names = "--from", paramLabel = "TIME", description = "only receipts of this time or later, as in 2026-01-31T00:00:00Z") @Nullable String from,
            @Option(names = "--to", paramLabel = "TIME", description = "only receipts of before this time") @Nullable String to) {
        ObjectNode wish = Json.object().put("name", name).put("reason", reason);
        put(wish, "case_id", caseId);
        put(wish, "repo_id", repo);
        put(wish, "gate_id", gate);
        put(wish, "from", from);
        put(wish, "to", to);
        if (receipts != null) {
            receipts.forEach(id -> wish.withArray("receipt_ids").add(id));
        }
        Answer answer = client().post(Plane.TENANT, PATH, Json.write(wish).getBytes(StandardCharsets.UTF_8), TENANT, tenant);
        print(require(answer, "the hold was not placed").path("hold_id").asText());
        return 0;
    }

    @Command(name = "list", header = "List holds.")
    int list(@Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose") String tenant,
            @Option(names = "--released", description = "also those that have ended") boolean released,
            @Option(names = "--json", description = "as JSON") boolean json) {
        JsonNode holds = require(client().get(Plane.TENANT, PATH + "?released=" + released, TENANT, tenant), "no holds")
                .path("items");
        if (json) {
            print(Json.write(holds));
            return 0;
        }
        Table table = Table.of("HOLD", "NAME", "ABOUT", "PLACED", "RELEASED");
        for (JsonNode hold : holds) {
            table.row(hold.path("hold_id").asText(), hold.path("name").asText(), about(hold), hold.path("placed_at").asText(),
                    hold.path("released_at").asText("-"));
        }
        print(table.render().stripTrailing());
        return 0;
    }

    @Command(name = "release", header = "Release a hold.")
    int release(@Parameters(paramLabel = "HOLD", description = "its id") String hold,
            @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose") String tenant,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; it stays for ever, so no personal data") String reason) {
        String path = PATH + "/" + id(hold) + "?reason=" + URLEncoder.encode(reason, StandardCharsets.UTF_8);
        JsonNode released = require(client().delete(Plane.TENANT, path, TENANT, tenant), "the hold was not released");
        print(released.path("name").asText() + " was released at " + released.path("released_at").asText());
        return 0;
    }

    private static String about(JsonNode hold) {
        StringBuilder about = new StringBuilder();
        for (String member : List.of("repo_id", "gate_id", "from", "to")) {
            if (hold.hasNonNull(member)) {
                about.append(about.isEmpty() ? "" : ", ").append(member).append(' ').append(hold.path(member).asText());
            }
        }
        if (hold.hasNonNull("receipt_ids")) {
            about.append(about.isEmpty() ? "" : ", ").append(hold.path("receipt_ids").size()).append(" receipts");
        }
        return about.isEmpty() ? "everything" : about.toString();
    }

    private String id(String hold) {
        try {
            return UUID.fromString(hold).toString();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "the id of a hold is a UUID: list them with holds list");
        }
    }

    private static void put(ObjectNode wish, String member, @Nullable String value) {
        if (value != null) {
            wish.put(member, value);
        }
    }

    private static JsonNode require(Answer answer, String failure) {
        if (!answer.isSuccess()) {
            throw new CliFailure(failure + ": " + answer.problem(), "see ./zeroui logs tenant");
        }
        return answer.body();
    }

    private static ServiceClient client() {
        return new ServiceClient(RunningSystem.fromEnvironment());
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
