package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.output.Json;
import java.io.PrintWriter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What a tenant adds to the policies that are released for it. */
@Command(name = "overlay", header = "Make policies stricter for one tenant.", description = "An overlay raises what a policy enforces, or closes its gates where it is "
        + "not fresh, on all edges of the tenant and for every version. It can make nothing more lenient.")
final class OverlayCommand implements Runnable {

    @ParentCommand
    private PolicyCommand policies;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "overlay wants one of: list, set, remove");
    }

    @Command(name = "list", header = "List what the tenant adds, and who did so and why.")
    int list(@Mixin TenantOptions of) {
        return print(client(of).get("/overlays"), of.json, FleetTables::overlays);
    }

    @Command(name = "set", header = "Make a policy stricter.")
    int set(@Parameters(paramLabel = "POLICY", description = "its id") String policy, @Mixin TenantOptions of,
            @Option(names = "--enforcement", paramLabel = "LEVEL", description = "the least that it enforces: warn, soft_block or hard_block") @Nullable String enforcement,
            @Option(names = "--fail-closed", description = "gates block where it is not there, or not fresh") boolean failClosed,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
        if (enforcement == null && !failClosed) {
            throw new ParameterException(spec.commandLine(), "overlay set wants --enforcement, --fail-closed or both");
        }
        ObjectNode wish = Json.object().put("reason", reason);
        if (enforcement != null) {
            wish.put("enforcement", enforcement);
        }
        if (failClosed) {
            wish.put("fail_mode", "closed");
        }
        return print(client(of).put(path(policy), wish), of.json, FleetTables::overlay);
    }

    @Command(name = "remove", header = "Let a policy count as it was signed.")
    int remove(@Parameters(paramLabel = "POLICY", description = "its id") String policy, @Mixin TenantOptions of,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
        return print(client(of).post(path(policy) + "/removal", Json.object().put("reason", reason)), of.json, FleetTables::overlays);
    }

    private int print(JsonNode answer, boolean json, Function<? super JsonNode, String> table) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? PolicyTables.json(answer) : table.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }

    private static String path(String policy) {
        return "/overlays/" + PolicyClient.text(policy);
    }

    private TenantPolicyClient client(TenantOptions of) {
        return new TenantPolicyClient(policies.system(), of.tenant);
    }
}
