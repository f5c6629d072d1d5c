package io.zeroui.cli.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.rulings.names.NamespaceProof;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import java.io.PrintWriter;
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

/** Providers, models and adapters, and who may use them. */
@Command(name = "providers", header = "Register providers, models and adapters; say who may use them; ask.", description = "Asks the shared plane. Commands "
        + "act with the key in ZEROUI_API_KEY; without it with the administrator's.")
public final class ProvidersCommand implements Runnable {

    private final @Nullable RunningSystem given;

    @Spec
    private CommandSpec spec;

    ProvidersCommand() {
        this(null);
    }

    ProvidersCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "providers wants one of: grant, withdraw, namespaces, register, list, show, deprecate, revoke, allow, "
                + "deny, remove, rules, decide, followers, history");
    }

    @Command(name = "grant", header = "Let a namespace stand for a key, of which you have the private part.")
    int grant(@Parameters(paramLabel = "NAMESPACE", description = "a name, for example acme") String namespace, @Mixin ActOption act,
            @Option(names = "--key", required = true, paramLabel = "FILE", description = "the private key, PKCS #8 in PEM; it stays here") Path key,
            @Option(names = "--agreed-by", paramLabel = "FILE", description = "the private key of who holds the namespace, or the one above, now") @Nullable Path holder,
            @Option(names = "--organisation", paramLabel = "ID", defaultValue = "zeroui", description = "whose registry; ${DEFAULT-VALUE} if not given") String organisation) {
        Ed25519PrivateKey own = SigningFiles.key(key);
        NamespaceProof statement = statement(organisation, namespace, own);
        ObjectNode wish = Json.object().put("namespace", namespace).put("public_key", own.publicKey().base64()).put("proof", statement.sign(own))
                .put("reason", act.reason);
        if (holder != null) {
            wish.put("agreement", statement.sign(SigningFiles.key(holder)));
        }
        return print(registry().post("namespaces", wish), act.json, answer -> namespace + " stands for the key");
    }

    private NamespaceProof statement(String organisation, String namespace, Ed25519PrivateKey key) {
        try {
            return new NamespaceProof(organisation, namespace, key.publicKey());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    @Command(name = "withdraw", header = "Take a namespace away; what is registered stays.")
    int withdraw(@Parameters(paramLabel = "NAMESPACE", description = "which one") String namespace, @Mixin ActOption act) {
        return print(registry().delete("namespaces/" + namespace + "?reason=" + Registry.text(act.reason)), act.json,
                answer -> "nobody holds " + namespace);
    }

    @Command(name = "namespaces", header = "List who holds which namespace.")
    int namespaces(@Mixin PageOption page) {
        return print(registry().get("namespaces?" + page.query()), page.json, RegistryTables::namespaces);
    }

    @Command(name = "register", header = "Register a version: a document, signed here where a key is given.")
    int register(@Parameters(paramLabel = "FILE", description = "the document, JSON") Path file,
            @Option(names = "--key", paramLabel = "FILE", description = "the private key of its namespace, PKCS #8 in PEM; it stays here") @Nullable Path key,
            @Option(names = "--json", description = "as JSON") boolean json) {
        ObjectNode document = SigningFiles.document(file);
        JsonNode done = registry().post("entries", key == null ? document : SigningFiles.sign(document, SigningFiles.key(key)));
        return print(done, json, answer -> answer.path("name").asText() + "@" + answer.path("version").asText() + " is registered");
    }

    @Command(name = "list", header = "List versions of providers, models or adapters.")
    int list(@Parameters(paramLabel = "KIND", description = "provider, model or adapter") String kind, @Mixin PageOption page,
            @Option(names = "--under", paramLabel = "NAME", description = "only this name and what is below") @Nullable String under,
            @Option(names = "--standing", paramLabel = "STANDING", description = "only what is active, deprecated or revoked") @Nullable String standing) {
        return print(registry().get("entries/" + Registry.text(kind) + "?" + page.query() + query("under", under) + query("standing", standing)), page.json,
                RegistryTables::entries);
    }

    @Command(name = "show", header = "Show a version with its signed document.")
    int show(@Parameters(paramLabel = "KIND", description = "provider, model or adapter") String kind,
            @Parameters(paramLabel = "NAME[@VERSION]", description = "which one; without a version the one that was registered last") String name) {
        String[] parts = name.split("@", 2);
        return print(registry().get("entries/" + Registry.text(kind) + "/" + parts[0] + (parts.length == 1 ? "" : "?version=" + Registry.text(parts[1]))),
                true, JsonNode::toPrettyString);
    }

    @Command(name = "deprecate", header = "Deprecate a version, or all of a name.")
    int deprecate(@Parameters(paramLabel = "KIND", description = "provider, model or adapter") String kind,
            @Parameters(paramLabel = "NAME[@VERSION]", description = "which one") String name, @Mixin ActOption act,
            @Option(names = "--sunset", paramLabel = "TIME", description = "from when it must not be used any more") @Nullable String sunset) {
        ObjectNode wish = standing(kind, name, "deprecated", act);
        if (sunset != null) {
            wish.put("sunset", sunset);
        }
        return print(registry().post("standings", wish), act.json, answer -> name + " is deprecated");
    }

    @Command(name = "revoke", header = "Revoke a version, or all of a name, for ever; all planes refuse it at once.")
    int revoke(@Parameters(paramLabel = "KIND", description = "provider, model or adapter") String kind,
            @Parameters(paramLabel = "NAME[@VERSION]", description = "which one") String name, @Mixin ActOption act) {
        return print(registry().post("standings", standing(kind, name, "revoked", act)), act.json, answer -> name + " is revoked");
    }

    @Command(name = "allow", header = "Set a rule that allows; a rule that denies beats it.")
    int allow(@Parameters(paramLabel = "ID", description = "of the rule, kebab-case") String id, @Mixin RuleOption rule, @Mixin ActOption act) {
        return set(id, rule.wish("allow", act.reason), act.json);
    }

    @Command(name = "deny", header = "Set a rule that denies, whatever others allow.")
    int deny(@Parameters(paramLabel = "ID", description = "of the rule, kebab-case") String id, @Mixin RuleOption rule, @Mixin ActOption act) {
        return set(id, rule.wish("deny", act.reason), act.json);
    }

    @Command(name = "remove", header = "Remove a rule.")
    int remove(@Parameters(paramLabel = "ID", description = "of the rule") String id, @Mixin ActOption act) {
        return print(registry().delete("rules/" + Registry.text(id) + "?reason=" + Registry.text(act.reason)), act.json, answer -> id + " does not count any more");
    }

    @Command(name = "rules", header = "List the rules that count.")
    int rules(@Mixin PageOption page, @Option(names = "--tenant", paramLabel = "TENANT", description = "only this tenant's own") @Nullable String tenant) {
        return print(registry().get("rules?" + page.query() + query("tenant", tenant)), page.json, RegistryTables::rules);
    }

    @Command(name = "decide", header = "Ask whether a tenant may use a model; exit code 1 where it may not.")
    int decide(@Parameters(paramLabel = "MODEL[@VERSION]", description = "a model or tool") String model,
            @Option(names = "--tenant", paramLabel = "TENANT", defaultValue = "local", description = "who; ${DEFAULT-VALUE} if not given") String tenant,
            @Option(names = "--category", paramLabel = "CATEGORY", required = true, description = "of the data: public, internal, confidential or restricted") String category,
            @Option(names = "--region", paramLabel = "REGION", required = true, description = "where") String region,
            @Option(names = "--adapter", paramLabel = "NAME[@VERSION]", required = true, description = "through which adapter") String adapter,
            @Option(names = "--adapter-sha256", paramLabel = "HEX", description = "of the adapter's artifact that is there") @Nullable String sha256,
            @Option(names = "--json", description = "as JSON") boolean json) {
        ObjectNode question = Json.object().put("tenant", tenant).put("model", model).put("data_category", category).put("region", region)
                .put("adapter", adapter);
        if (sha256 != null) {
            question.put("adapter_sha256", sha256);
        }
        JsonNode answer = registry().post("decisions", question);
        int printed = print(answer, json, RegistryTables::decision);
        return answer.path("allowed").asBoolean() ? printed : 1;
    }

    @Command(name = "followers", header = "Show which rulings the other planes have, and what they refused.")
    int followers(@Option(names = "--json", description = "as JSON") boolean json) {
        return print(registry().get("followers"), json, RegistryTables::followers);
    }

    @Command(name = "history", header = "Show who did what, newest first.")
    int history(@Mixin PageOption page,
            @Option(names = "--about", paramLabel = "SUBJECT", description = "for example rule/no-export or model/acme/chat@1.0") @Nullable String subject) {
        return print(registry().get("history?" + page.query() + query("subject", subject)), page.json, RegistryTables::history);
    }

    private int set(String id, ObjectNode wish, boolean json) {
        return print(registry().put("rules/" + Registry.text(id), wish), json, answer -> answer.path("id").asText() + "@" + answer.path("version").asText() + " counts");
    }

    private static ObjectNode standing(String kind, String name, String standing, ActOption act) {
        String[] parts = name.split("@", 2);
        ObjectNode wish = Json.object().put("kind", kind).put("name", parts[0]).put("standing", standing).put("reason", act.reason);
        return parts.length == 1 ? wish : wish.put("version", parts[1]);
    }

    private static String query(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + Registry.text(value);
    }

    private Registry registry() {
        RunningSystem system = given;
        return new Registry(system == null ? RunningSystem.fromEnvironment() : system);
    }

    private int print(JsonNode answer, boolean json, Function<JsonNode, String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }
}
