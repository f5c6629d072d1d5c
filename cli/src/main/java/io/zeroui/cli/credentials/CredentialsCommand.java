package io.zeroui.cli.credentials;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Table;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** API keys. */
@Command(name = "credentials", header = "Make, list, rotate and revoke API keys.", description = "With --header prints the administrator key of this installation as a header line: curl -H \"$(./zeroui credentials --header)\" …")
public final class CredentialsCommand implements Runnable {

    private static final String PATH = "/v1/credentials";

    @Spec
    private CommandSpec spec;

    @Option(names = "--header", description = "print one line: Authorization: Bearer zu_all_…")
    private boolean header;

    CredentialsCommand() {
    }

    @Override
    public void run() {
        if (!header) {
            throw new ParameterException(spec.commandLine(),
                    "credentials wants --header or one of: create, list, rotate, revoke");
        }
        print("Authorization: Bearer " + RunningSystem.fromEnvironment().adminKey().orElseThrow(() -> new CliFailure(
                "there is no administrator key here", "./zeroui up makes one; or set ZEROUI_ADMIN_KEY")));
    }

    @Command(name = "create", header = "Make an API key.", description = "Prints the key on standard output, once; nobody can show it again.")
    int create(
            @Option(names = "--plane", required = true, paramLabel = "PLANE", description = "where it is of use: ide, tenant, product or shared") String plane,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "the only tenant it works for; without it a key of the whole plane") @Nullable String tenant,
            @Option(names = "--permissions", required = true, split = ",", paramLabel = "PERMISSION", description = "what it may do, for example evidence:read") List<String> permissions,
            @Option(names = "--expires", paramLabel = "PERIOD", description = "when it ends, for example P30D or PT12H; by default never") @Nullable String expires,
            @Option(names = "--name", defaultValue = "made with zeroui credentials", paramLabel = "NAME", description = "what people call it") String name) {
        ObjectNode wish = Json.object().put("name", name);
        permissions.forEach(wish.putArray("permissions")::add);
        if (tenant != null) {
            wish.put("tenant_id", tenant);
        }
        if (expires != null) {
            wish.put("expires_in", expires);
        }
        return made(client().post(plane(plane), PATH, Json.write(wish).getBytes(StandardCharsets.UTF_8)));
    }

    @Command(name = "list", header = "List the API keys of a plane, without secrets.")
    int list(
            @Option(names = "--plane", required = true, paramLabel = "PLANE", description = "ide, tenant, product or shared") String plane) {
        Table table = Table.of("KEY ID", "NAME", "TENANT", "STATE", "PERMISSIONS", "EXPIRES", "LAST USED");
        for (JsonNode key : client().getBody(plane(plane), PATH).path("items")) {
            List<String> permissions = new ArrayList<>();
            key.path("permissions").forEach(permission -> permissions.add(permission.asText()));
            table.row(key.path("key_id").asText(), key.path("name").asText(), key.path("tenant_id").asText("all"),
                    key.path("state").asText(), String.join(",", permissions), key.path("expires_at").asText("never"),
                    key.path("last_used_on").asText("never"));
        }
        print(table.render().stripTrailing());
        return 0;
    }

    @Command(name = "rotate", header = "Make a key that replaces another one.", description = "Prints the new key; the old one goes on working for the overlap.")
    int rotate(
            @Option(names = "--plane", required = true, paramLabel = "PLANE", description = "ide, tenant, product or shared") String plane,
            @Option(names = "--overlap", defaultValue = "P1D", paramLabel = "PERIOD", description = "how long both work, for example PT1H; by default ${DEFAULT-VALUE}") String overlap,
            @Parameters(paramLabel = "KEYID", description = "id of the key to replace") String keyId) {
        if (!overlap.matches("[0-9A-Za-z.]{2,32}")) {
            throw new ParameterException(spec.commandLine(), "--overlap wants a period like P1D or PT1H");
        }
        return made(client().post(plane(plane), PATH + "/" + keyId(keyId) + "/rotate?overlap=" + overlap, new byte[0]));
    }

    @Command(name = "revoke", header = "Revoke an API key.")
    int revoke(
            @Option(names = "--plane", required = true, paramLabel = "PLANE", description = "ide, tenant, product or shared") String plane,
            @Parameters(paramLabel = "KEYID", description = "id of the key") String keyId) {
        ServiceClient.Answer answer = client().delete(plane(plane), PATH + "/" + keyId(keyId));
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        print("revoked " + keyId);
        return 0;
    }

    private int made(ServiceClient.Answer answer) {
        if (!answer.isSuccess()) {
            throw refused(answer);
        }
        print(answer.body().path("key").asText());
        return 0;
    }

    private static CliFailure refused(ServiceClient.Answer answer) {
        return new CliFailure("the plane refuses with " + answer.problem(),
                "the administrator key of this installation may do everything: see ./zeroui credentials --help");
    }

    private static ServiceClient client() {
        return new ServiceClient(RunningSystem.fromEnvironment());
    }

    private Plane plane(String name) {
        try {
            return Plane.ofKey(name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--plane wants ide, tenant, product or shared");
        }
    }

    private String keyId(String text) {
        if (!ApiKey.isKeyId(text)) {
            throw new ParameterException(spec.commandLine(), "a key id has 12 to 32 letters and digits");
        }
        return text;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
