package io.zeroui.cli.emitting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.tenants.RegistryClient;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys of emitters. */
@Command(name = "keys", header = "Make keys for emitters, let the edge trust them; list, rotate and revoke tenants' keys.", description = {
        "new and register work on the files of this machine's edge. The others ask the registry, which tells the tenant plane"
                + " and the edges." })
public final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    KeysCommand() {
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "keys wants one of: new, register, list, add, rotate, revoke, restore");
    }

    @Command(name = "new", header = "Make a key and let the edge trust it.", description = "Makes an Ed25519 key: the private half goes to a file that only you can read, the public half"
            + " to the edge's trust folder.")
    int create(
            @Parameters(paramLabel = "KID", description = "id of the new key: letters, digits, '.', '_' and '-'") String id) {
        RunningSystem system = RunningSystem.fromEnvironment();
        Kid kid = kid(id);
        Path trusted = system.zuRoot().ideTrust(kid);
        if (Files.exists(trusted)) {
            throw new CliFailure("a key with this id is trusted already: " + trusted, "choose another key id");
        }
        KeyFiles files = new KeyFiles(system.keyFolder());
        Ed25519PrivateKey key = files.create(kid);
        KeyFiles.register(trusted, key.publicKey());
        PrintWriter out = spec.commandLine().getOut();
        out.println("private key  " + files.file(kid));
        out.println("public key   " + trusted);
        out.flush();
        return 0;
    }

    @Command(name = "register", header = "Let the edge trust a public key that you have.")
    int register(@Parameters(paramLabel = "FILE.pem", description = "the public key") Path file,
            @Option(names = "--kid", required = true, paramLabel = "KID", description = "id under which receipts name the key") String id) {
        Kid kid = kid(id);
        Path trusted = RunningSystem.fromEnvironment().zuRoot().ideTrust(kid);
        KeyFiles.register(trusted, read(file));
        PrintWriter out = spec.commandLine().getOut();
        out.println("public key   " + trusted);
        out.flush();
        return 0;
    }

    @Command(name = "list", header = "List the keys of a tenant that the registry knows.")
    int list(@Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose keys") String tenant) {
        Function<JsonNode, String[]> row = key -> new String[] { key.path("kid").asText(), key.path("fingerprint").asText("?"),
                key.path("valid_from").asText("-"), key.path("valid_until").asText("-"), revocation(key) };
        print(registry().table("/" + tenant(tenant) + "/keys", "kid",
                List.of("KEY", "FINGERPRINT", "VALID FROM", "UNTIL", "REVOKED"), row).render().stripTrailing());
        return 0;
    }

    @Command(name = "add", header = "Add a tenant's key to the registry.")
    int add(@Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose key") String tenant,
            @Option(names = "--kid", required = true, paramLabel = "KID", description = "id under which receipts name the key") String id,
            @Parameters(paramLabel = "FILE.pem", description = "the public key") Path file,
            @Option(names = "--from", paramLabel = "TIME", description = "valid from then on, RFC 3339") @Nullable String from,
            @Option(names = "--until", paramLabel = "TIME", description = "valid until then") @Nullable String until) {
        return say(registry().create("/" + tenant(tenant) + "/keys", wish(id, file, from, until)));
    }

    @Command(name = "rotate", header = "Add the key that follows another.", description = "Both are valid for the time of the overlap; let it be longer than an edge may be offline.")
    int rotate(@Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose keys") String tenant,
            @Parameters(index = "0", paramLabel = "KID", description = "the former key") String former,
            @Parameters(index = "1", paramLabel = "FILE.pem", description = "the new public key") Path file,
            @Option(names = "--kid", required = true, paramLabel = "NEWKID", description = "id of the new key") String id,
            @Option(names = "--overlap", paramLabel = "DURATION", defaultValue = "P7D", description = "how long the former key stays valid, ISO 8601; ${DEFAULT-VALUE} if not given") String overlap) {
        return say(registry().create("/" + tenant(tenant) + "/keys/" + kid(former) + "/rotate",
                wish(id, file, null, null).put("overlap", overlap)));
    }

    @Command(name = "revoke", header = "Revoke a key.", description = "What the ledger took in since the key was compromised counts as kid_revoked, and edges refuse what it signs.")
    int revoke(@Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose key") String tenant,
            @Parameters(paramLabel = "KID", description = "the key") String id,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why") String reason,
            @Option(names = "--compromised-since", paramLabel = "TIME", description = "since when it was in wrong hands, RFC 3339; now if not given") @Nullable String since) {
        ObjectNode wish = Json.object().put("reason", reason);
        if (since != null) {
            wish.put("compromised_since", since);
        }
        return say(registry().create("/" + tenant(tenant) + "/keys/" + kid(id) + "/revoke", wish));
    }

    @Command(name = "restore", header = "Take a revocation back that was a mistake.")
    int restore(@Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose key") String tenant,
            @Parameters(paramLabel = "KID", description = "the key") String id) {
        return say(registry().move("/" + tenant(tenant) + "/keys/" + kid(id), "restore"));
    }

    private ObjectNode wish(String id, Path file, @Nullable String from, @Nullable String until) {
        ObjectNode wish = Json.object().put("kid", kid(id).value()).put("public_key", SpkiPem.write(read(file)));
        if (from != null) {
            wish.put("valid_from", from);
        }
        if (until != null) {
            wish.put("valid_until", until);
        }
        return wish;
    }

    private int say(JsonNode key) {
        String revoked = revocation(key);
        String until = key.path("valid_until").asText("");
        print("key " + key.path("kid").asText() + " of tenant " + key.path("tenant_id").asText() + " is "
                + (revoked.equals("-") ? "valid" + (until.isEmpty() ? "" : " until " + until) : "revoked: " + revoked));
        return 0;
    }

    private static String revocation(JsonNode key) {
        return key.path("revoked_at").isMissingNode() ? "-"
                : "since " + key.path("compromised_since").asText() + ", " + key.path("reason").asText();
    }

    private static RegistryClient registry() {
        return new RegistryClient(RunningSystem.fromEnvironment());
    }

    private TenantId tenant(String text) {
        try {
            return TenantId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    private static Ed25519PublicKey read(Path file) {
        try {
            return SpkiPem.read(Files.readString(file));
        } catch (IOException e) {
            throw new CliFailure("cannot read " + file + ": " + e.getMessage(), "give the file with the public key");
        } catch (IllegalArgumentException e) {
            throw new CliFailure(file + " is no Ed25519 public key: " + e.getMessage(),
                    "make one with: openssl pkey -in private.pem -pubout");
        }
    }

    private Kid kid(String id) {
        try {
            return Kid.of(id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
