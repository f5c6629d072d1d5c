package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Policies of tenants. Who acts is whose key it is: that in {@code ZEROUI_API_KEY}, else the administrator's. */
@Command(name = "policy", aliases = "policies", header = "Draft, review, release and revoke policies.", description = "A version is written once, approved by "
        + "somebody else than its author, and released to some or all edges. Commands act with the key in ZEROUI_API_KEY; without it with the "
        + "administrator's.", subcommands = OverlayCommand.class)
public final class PolicyCommand implements Runnable {

    private final @Nullable RunningSystem given;

    @Spec
    private CommandSpec spec;

    PolicyCommand() {
        this(null);
    }

    PolicyCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "policy wants one of: list, status, show, history, diff, draft, submit, approve, reject, release, "
                + "promote, halt, kill, restore, revoke, edges, overlay");
    }

    @Command(name = "list", header = "List a tenant's policies, or the versions of one.")
    int list(@Parameters(paramLabel = "POLICY", arity = "0..1", description = "whose versions to list") @Nullable String policy,
            @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose policies") String tenant,
            @Option(names = "--json", description = "as JSON") boolean json) {
        PolicyClient client = client(tenant);
        if (policy == null) {
            return print(client.all("", "policy_id"), json, PolicyTables::policies);
        }
        return print(client.all("/" + PolicyClient.text(policy), "number"), json, PolicyTables::versions);
    }

    @Command(name = "status", header = "Show how a tenant's released versions fare: their share, rates, gate and next step.")
    int status(@Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose policies") String tenant,
            @Option(names = "--json", description = "as JSON") boolean json) {
        JsonNode status = client(tenant).status();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(status) : RolloutTables.status(status).stripTrailing());
        out.flush();
        return 0;
    }

    @Command(name = "show", header = "Show a version and what it says.")
    int show(@Mixin VersionOptions of) {
        return print(client(of.tenant).get(of.path()), of.json, PolicyTables::version);
    }

    @Command(name = "history", header = "Show who did what to a version, when and why.")
    int history(@Mixin VersionOptions of) {
        return print(client(of.tenant).get(of.path()).path("history"), of.json, PolicyTables::history);
    }

    @Command(name = "diff", header = "Show what makes the content of one version of that of another.")
    int diff(@Parameters(paramLabel = "POLICY", description = "its id") String policy,
            @Parameters(paramLabel = "FROM", description = "a version") String from,
            @Parameters(paramLabel = "TO", description = "another version") String to,
            @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose policy") String tenant,
            @Option(names = "--json", description = "as a JSON Patch (RFC 6902)") boolean json) {
        return print(client(tenant).get("/" + PolicyClient.text(policy) + "/diff?from=" + PolicyClient.text(from) + "&to=" + PolicyClient.text(to)),
                json, PolicyTables::patch);
    }

    @Command(name = "draft", header = "Write a new version, for good.")
    int draft(@Mixin VersionOptions of,
            @Option(names = "--file", paramLabel = "FILE", description = "its content, a JSON object; with a template what it says otherwise") @Nullable Path file,
            @Option(names = "--template", paramLabel = "ID", description = "the template that it begins with") @Nullable String template,
            @Option(names = "--type", paramLabel = "TYPE", description = "what kind of policy; that of the template if not given") @Nullable String type,
            @Option(names = "--scope", paramLabel = "SCOPE", required = true, description = "what it is about, for example org or repo:payments-api") String scope,
            @Option(names = "--enforcement", paramLabel = "LEVEL", required = true, description = "observe, warn, soft_block or hard_block") String enforcement,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why; it stays for ever, so no personal data") @Nullable String reason) {
        ObjectNode wish = Json.object().put("policy_id", of.policy).put("version", of.version).put("scope", scope).put("enforcement", enforcement);
        put(wish, "type", type);
        put(wish, "template", template);
        put(wish, "reason", reason);
        if (file != null) {
            wish.set("content", content(file));
        }
        return print(client(of.tenant).post("", wish), of.json, PolicyTables::outcome);
    }

    @Command(name = "submit", header = "Give a draft to review.")
    int submit(@Mixin VersionOptions of, @Option(names = "--reason", paramLabel = "TEXT", description = "why") @Nullable String reason) {
        return act(of, "submission", Json.object(), reason);
    }

    @Command(name = "approve", header = "Approve what is in review; not by its author.")
    int approve(@Mixin VersionOptions of, @Option(names = "--reason", paramLabel = "TEXT", description = "why") @Nullable String reason) {
        return act(of, "approval", Json.object(), reason);
    }

    @Command(name = "reject", header = "Reject what is in review, for good.")
    int reject(@Mixin VersionOptions of, @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
        return act(of, "rejection", Json.object(), reason);
    }

    @Command(name = "release", header = "Give an approved version to edges.", description = "To all of them if no option says otherwise. With --gate it is "
            + "halted by itself when its receipts are bad, and what was before it for everyone comes back; with --step it goes to more edges by itself.")
    int release(@Mixin VersionOptions of, @Mixin RolloutOptions to, @Mixin GateOptions gate,
            @Option(names = "--fail-mode", paramLabel = "MODE", defaultValue = "open", description = "what a gate does without it: open or closed; ${DEFAULT-VALUE} if not given") String failMode,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why") @Nullable String reason) {
        ObjectNode wish = Json.object().put("fail_mode", failMode);
        try {
            gate.addTo(wish);
            wish.set("rollout", rollout(to, gate.firstPercent()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return act(of, "release", wish, reason);
    }

    @Command(name = "promote", header = "Give a released version to more edges.", description = "To all of them if no option says otherwise; that supersedes older versions.")
    int promote(@Mixin VersionOptions of, @Mixin RolloutOptions to,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why") @Nullable String reason) {
        ObjectNode wish = Json.object();
        wish.set("rollout", rollout(to, null));
        return act(of, "promotion", wish, reason);
    }

    @Command(name = "halt", header = "Take a released version from all edges, until it is promoted again.")
    int halt(@Mixin VersionOptions of, @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
        return act(of, "halt", Json.object(), reason);
    }

    @Command(name = "kill", header = "Switch a released version off where it is, or on again.")
    int kill(@Mixin VersionOptions of,
            @Option(names = "--until", paramLabel = "TIME", description = "when it is on again by itself, as in 2026-01-31T12:00:00Z") @Nullable String until,
            @Option(names = "--lift", description = "switch it on again now") boolean lift,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
        if (lift == (until != null)) {
            throw new ParameterException(spec.commandLine(), "kill wants either --until or --lift");
        }
        return act(of, "kill", Json.object().put("killed_until", until), reason);
    }

    @Command(name = "restore", header = "Give everyone the content of an earlier version again, as a new version.",
            description = "The earlier version was approved and released, and is superseded; so the new one needs no review.")
    int restore(@Mixin VersionOptions of, @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
        return act(of, "restore", Json.object(), reason);
    }

    @Command(name = "revoke", header = "End the use of a version for good.")
    int revoke(@Mixin VersionOptions of, @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why") String reason) {
        return act(of, "revocation", Json.object(), reason);
    }

    @Command(name = "edges", header = "Show which release is active on which edge of a tenant, and what was refused.")
    int edges(@Mixin TenantOptions of) {
        return print(new TenantPolicyClient(system(), of.tenant).get("/edges"), of.json, FleetTables::edges);
    }

    private int act(VersionOptions of, String act, ObjectNode wish, @Nullable String reason) {
        put(wish, "reason", reason);
        return print(client(of.tenant).post(of.path() + "/" + act, wish), of.json, PolicyTables::outcome);
    }

    private ObjectNode rollout(RolloutOptions options, @Nullable BigDecimal otherwise) {
        try {
            return options.rollout(otherwise);
        } catch (ArithmeticException e) {
            throw new ParameterException(spec.commandLine(), "--percent is 0 to 100 and no finer than a hundredth", e);
        }
    }

    private static JsonNode content(Path file) {
        try {
            JsonNode content = Json.read(Files.readString(file));
            if (content.isObject()) {
                return content;
            }
        } catch (IOException e) {
            throw new CliFailure("cannot read " + file + ": " + e.getMessage(), "name a file with a JSON object");
        }
        throw new CliFailure(file + " is no JSON object", "name a file with a JSON object");
    }

    private static void put(ObjectNode wish, String member, @Nullable String value) {
        if (value != null) {
            wish.put(member, value);
        }
    }

    /** Where the services are. */
    RunningSystem system() {
        RunningSystem system = given;
        return system == null ? RunningSystem.fromEnvironment() : system;
    }

    private PolicyClient client(String tenant) {
        return new PolicyClient(system(), tenant);
    }

    private <T extends Iterable<JsonNode>> int print(T answer, boolean json, Function<? super T, String> table) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? PolicyTables.json(answer) : table.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }
}
