package io.zeroui.cli.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The edges of a tenant. */
@Command(name = "edges", header = "Enrol, list, suspend, resume and remove the edges of a tenant.", description = "An enrolled edge sends receipts of its tenant and of nobody else, with a login of Redis of its own.")
public final class EdgesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    EdgesCommand() {
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "edges wants one of: enrol, login, list, suspend, resume, remove");
    }

    @Command(name = "enrol", header = "Enrol an edge and make its login of Redis.", description = "Prints the settings of the edge's IDE plane on standard output, once; nobody can show the password again.")
    int enrol(
            @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose edge it is") String tenant,
            @Parameters(paramLabel = "EDGE", description = "its id, kebab-case; it is never given again") String edge,
            @Option(names = "--name", paramLabel = "NAME", description = "what people call it; by default its id") @Nullable String name) {
        var wish = Json.object().put("edge_id", edge(edge).value());
        if (name != null) {
            wish.put("name", name);
        }
        EdgeLogins logins = logins();
        JsonNode enrolled = registry().create("/" + tenant(tenant) + "/edges", wish);
        assert enrolled != null;
        return settings(logins, tenant(tenant), edge(edge));
    }

    @Command(name = "login", header = "Give an edge another login of Redis.", description = "The former password ends. Prints the edge's settings on standard output, once.")
    int login(
            @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose edge it is") String tenant,
            @Parameters(paramLabel = "EDGE", description = "the edge") String edge) {
        String state = registry().get(path(tenant, edge)).path("state").asText();
        if (!state.equals("active")) {
            throw new CliFailure("the edge is " + state, "./zeroui edges resume --tenant " + tenant + " " + edge);
        }
        return settings(logins(), tenant(tenant), edge(edge));
    }

    @Command(name = "list", header = "List the edges of a tenant, removed ones too.")
    int list(
            @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose edges") String tenant) {
        Function<JsonNode, String[]> row = one -> new String[] { one.path("edge_id").asText(), one.path("name").asText(),
                one.path("state").asText(), one.path("created_at").asText() };
        print(registry().table("/" + tenant(tenant) + "/edges", "edge_id", List.of("EDGE", "NAME", "STATE", "ENROLLED"), row)
                .render().stripTrailing());
        return 0;
    }

    @Command(name = "suspend", header = "Lock an edge out until it is resumed.", description = "Its login ends at once; what it had sent before goes to the dead-letter folder.")
    int suspend(
            @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose edge it is") String tenant,
            @Parameters(paramLabel = "EDGE", description = "the edge") String edge) {
        JsonNode done = registry().move(path(tenant, edge), "suspend");
        logins().allow(edge(edge), false);
        return say(done);
    }

    @Command(name = "resume", header = "Let a suspended edge in again, with the login it had.")
    int resume(
            @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose edge it is") String tenant,
            @Parameters(paramLabel = "EDGE", description = "the edge") String edge) {
        JsonNode done = registry().move(path(tenant, edge), "resume");
        logins().allow(edge(edge), true);
        return say(done);
    }

    @Command(name = "remove", header = "Remove an edge and its login for good.")
    int remove(
            @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose edge it is") String tenant,
            @Parameters(paramLabel = "EDGE", description = "the edge") String edge) {
        JsonNode done = registry().delete(path(tenant, edge));
        logins().remove(edge(edge));
        return say(done);
    }

    private int settings(EdgeLogins logins, TenantId tenant, EdgeId edge) {
        String url;
        try {
            url = logins.give(tenant, edge);
        } catch (CliFailure e) {
            throw new CliFailure("the edge is enrolled but has no login: " + e.getMessage(),
                    "./zeroui edges login --tenant " + tenant + " " + edge);
        }
        print("ZEROUI_EDGE_ID=" + edge);
        print("ZEROUI_EDGE_TENANT=" + tenant);
        print("ZEROUI_IDE_REDIS_URL=" + url);
        return 0;
    }

    private int say(JsonNode edge) {
        print("edge " + edge.path("edge_id").asText() + " of tenant " + edge.path("tenant_id").asText() + " is "
                + edge.path("state").asText());
        return 0;
    }

    private String path(String tenant, String edge) {
        return "/" + tenant(tenant) + "/edges/" + edge(edge);
    }

    private static RegistryClient registry() {
        return new RegistryClient(RunningSystem.fromEnvironment());
    }

    private static EdgeLogins logins() {
        return new EdgeLogins(RunningSystem.fromEnvironment());
    }

    private TenantId tenant(String text) {
        try {
            return TenantId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private EdgeId edge(String text) {
        try {
            return EdgeId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
