package io.zeroui.cli.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.identity.TenantId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tenants. */
@Command(name = "tenants", aliases = "tenant", header = "Make, list, promote, suspend, resume and delete tenants.", description = "The ledger takes receipts of tenants that are in the registry and active, and keeps others in a dead-letter folder.")
public final class TenantsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    TenantsCommand() {
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "tenants wants one of: create, list, promote, suspend, resume, delete");
    }

    @Command(name = "create", header = "Make a tenant.")
    int create(
            @Parameters(paramLabel = "TENANT", description = "its id, kebab-case; it is never given again") String tenant,
            @Option(names = "--name", paramLabel = "NAME", description = "what people call it; by default its id") @Nullable String name,
            @Option(names = "--region", paramLabel = "REGION", description = "where its data is; by default this installation's") @Nullable String region) {
        ObjectNode wish = Json.object().put("tenant_id", id(tenant));
        if (name != null) {
            wish.put("name", name);
        }
        if (region != null) {
            wish.put("region", region);
        }
        return say(registry().create("", wish));
    }

    @Command(name = "list", header = "List all tenants, deleted ones too.")
    int list() {
        print(registry().table("", "tenant_id", List.of("TENANT", "NAME", "STATE", "TIER", "REGION", "CREATED"),
                one -> new String[] { one.path("tenant_id").asText(), one.path("name").asText(), one.path("state").asText(),
                        (one.path("tier").asText() + " " + one.path("database").asText("")).strip(), one.path("region").asText(), one.path("created_at").asText() }).render().stripTrailing());
        return 0;
    }

    @Command(name = "suspend", header = "Refuse a tenant's receipts until it is resumed.", description = "They are kept in the tenant's dead-letter folder.")
    int suspend(@Parameters(paramLabel = "TENANT", description = "the tenant") String tenant) {
        return say(registry().move("/" + id(tenant), "suspend"));
    }

    @Command(name = "resume", header = "Take a suspended tenant's receipts again.")
    int resume(@Parameters(paramLabel = "TENANT", description = "the tenant") String tenant) {
        return say(registry().move("/" + id(tenant), "resume"));
    }

    @Command(name = "delete", header = "Refuse a tenant's receipts for good.", description = "Its evidence stays where it is.")
    int delete(@Parameters(paramLabel = "TENANT", description = "the tenant") String tenant) {
        return say(registry().delete("/" + id(tenant)));
    }

    @Command(name = "promote", header = "Move a tenant to tables or a database of its own, while it is used.", description = "Loses and duplicates nothing; writers wait for its last step, readers never. Nobody is moved down.")
    int promote(
            @Parameters(paramLabel = "TENANT", description = "the tenant") String tenant,
            @Option(names = "--tier", required = true, paramLabel = "TIER", description = "schema or database") String tier,
            @Option(names = "--database", paramLabel = "NAME", description = "for the tier database: which one, by its name in the file of ZEROUI_TENANT_DATABASES") @Nullable String database,
            @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "600", description = "how long to follow the move; it goes on without this command. ${DEFAULT-VALUE} if not given") int timeout) {
        ObjectNode wish = Json.object().put("tier", tier);
        if (database != null) {
            wish.put("database", database);
        }
        RunningSystem system = RunningSystem.fromEnvironment();
        JsonNode wished = new RegistryClient(system).create("/" + id(tenant) + "/promote", wish);
        JsonNode home = new HomeWatch(system, line -> print(line)).await(wished, Duration.ofSeconds(timeout));
        print("tenant " + tenant + " lives in " + (home.path("tier").asText() + " " + home.path("place").asText()).strip());
        return 0;
    }

    private int say(JsonNode tenant) {
        print("tenant " + tenant.path("tenant_id").asText() + " is " + tenant.path("state").asText());
        return 0;
    }

    private static RegistryClient registry() {
        return new RegistryClient(RunningSystem.fromEnvironment());
    }

    private String id(String text) {
        try {
            return TenantId.of(text).value();
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
