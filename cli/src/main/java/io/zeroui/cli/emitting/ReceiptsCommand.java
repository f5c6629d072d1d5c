package io.zeroui.cli.emitting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.exports.ExportCommand;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.receipts.FindCommand;
import io.zeroui.cli.receipts.TailCommand;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.verify.ReceiptProof;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Receipts that exist already. */
@Command(name = "receipts", header = "Find, follow, show, prove, export or erase receipts, or send them from a file.", subcommands = {
        FindCommand.class, TailCommand.class, ExportCommand.class })
public final class ReceiptsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    ReceiptsCommand() {
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "receipts wants one of: find, tail, show, prove, erase, emit, export");
    }

    @Command(name = "show", header = "Show what the planes know of a receipt.", description = "Asks the IDE plane and the tenant plane; prints JSON with the members ide and tenant. Exit code"
            + " 1 if neither knows it.")
    int show(@Parameters(paramLabel = "ID", description = "the receipt's id") String id,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "whose it is; needed only where several tenants have one of that id") @Nullable String tenant) {
        String path = receiptPath(id);
        ServiceClient client = new ServiceClient(RunningSystem.fromEnvironment());
        ServiceClient.Answer ide = client.get(Plane.IDE, "/v1/receipts" + path);
        ServiceClient.Answer ledger = tenant == null ? client.get(Plane.TENANT, "/v1/evidence/receipts" + path)
                : client.get(Plane.TENANT, "/v1/evidence/receipts" + path, "X-Tenant-Id", tenant);
        ObjectNode shown = Json.object();
        shown.set("ide", ide.isSuccess() ? ide.body() : Json.object().put("problem", ide.problem()));
        shown.set("tenant", ledger.isSuccess() ? ledger.body() : Json.object().put("problem", ledger.problem()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.write(shown));
        out.flush();
        return ide.isSuccess() || ledger.isSuccess() ? 0 : 1;
    }

    @Command(name = "prove", header = "Prove that a receipt is in its tenant's log.", description = "Asks the tenant plane for the line and its inclusion proof and checks both here, against the key of this"
            + " system's logs. Exit code 1 if it is not proved.")
    int prove(@Parameters(paramLabel = "ID", description = "the receipt's id") String id,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "whose it is; needed only where several tenants have one of that id") @Nullable String tenant,
            @Option(names = "--vkey", paramLabel = "KEY", description = "the log's verifier key that you trust; the running system's own if not given") @Nullable String vkey,
            @Option(names = "--json", description = "the line and its proof as JSON, to be given to others") boolean json) {
        RunningSystem system = RunningSystem.fromEnvironment();
        ServiceClient client = new ServiceClient(system);
        String path = "/v1/evidence/receipts" + receiptPath(id);
        String[] headers = tenant == null ? new String[0] : new String[] { "X-Tenant-Id", tenant };
        JsonNode receipt = client.getBody(Plane.TENANT, path, headers);
        JsonNode answer = client.getBody(Plane.TENANT, path + "/proof", headers);
        byte[] line = Base64.getDecoder().decode(receipt.path("raw_base64").asText());
        String whose = tenant == null ? receipt.path("index").path("tenant_id").asText() : tenant;
        ReceiptProof proof = ReceiptProof.check(answer, ReceiptId.of(id), line, key(system, answer, vkey, whose));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(((ObjectNode) answer).put("line_base64", receipt.path("raw_base64").asText())) : proof.text());
        out.flush();
        return 0;
    }

    @Command(name = "erase", header = "Erase receipts for good.", description = "Asks the tenant plane to erase receipts from the tenant's ledger, all or none. A tombstone stays that says who did it,"
            + " when and why; every proof of the others holds. What the edge has of them is not reached.")
    int erase(@Parameters(paramLabel = "ID", arity = "1..*", description = "ids of receipts, at most 64") List<String> ids,
            @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose they are") String tenant,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; it stays for ever, so no personal data") String reason,
            @Option(names = "--case", paramLabel = "ID", description = "the request or case") @Nullable String caseId) {
        ObjectNode wish = Json.object().put("reason", reason);
        ids.forEach(id -> wish.withArray("receipt_ids").add(receiptPath(id).substring(1)));
        if (caseId != null) {
            wish.put("case_id", caseId);
        }
        ServiceClient.Answer answer = new ServiceClient(RunningSystem.fromEnvironment()).post(Plane.TENANT, "/v1/evidence/erasures",
                Json.write(wish).getBytes(StandardCharsets.UTF_8), "X-Tenant-Id", tenant);
        if (!answer.isSuccess()) {
            throw new CliFailure("nothing was erased: " + answer.problem(), "look at the holds with ./zeroui holds list --tenant " + tenant);
        }
        PrintWriter out = spec.commandLine().getOut();
        answer.body().path("items").forEach(one -> out.println("%s  erased at %s by %s: leaf %d, tombstone %d".formatted(
                one.path("receipt_id").asText(), one.path("erased_at").asText(), one.path("erased_by").asText(),
                one.path("leaf_index").asLong(), one.path("tombstone_leaf_index").asLong())));
        out.flush();
        return 0;
    }

    /**
     * The key under the name of the tenant's log. The name comes with the answer; that it is the tenant's own is checked here.
     *
     * @throws CliFailure when nothing but the answer itself says which key it is
     */
    private VerifierKey key(RunningSystem system, JsonNode answer, @Nullable String given, String tenant) {
        VerifierKey named = parseKey(answer.path("key").asText());
        if (!named.name().endsWith("/" + tenant)) {
            throw new CliFailure("the answer is of the log " + named.name() + ", not one of " + tenant,
                    "check the whole ledger with ./zeroui verify");
        }
        if (given != null) {
            return parseKey(given);
        }
        return system.evidenceLogKey().map(own -> new VerifierKey(named.name(), VerifierKey.ED25519, own.publicKey()))
                .orElseThrow(() -> new CliFailure("the key of the log " + named.name() + " is not known here",
                        "give the one that you trust with --vkey; the answer says it is " + named));
    }

    private VerifierKey parseKey(String vkey) {
        try {
            return VerifierKey.parse(vkey.strip());
        } catch (IllegalArgumentException e) {
            throw new CliFailure("not a log's key: " + e.getMessage(), "a key has the form NAME+ID+BASE64");
        }
    }

    @Command(name = "emit", header = "Send signed receipts from a file.", description = "Streams signed receipts, one a line, to the IDE plane. Prints the refused ones and a sum; exit"
            + " code 1 if any was refused.")
    int emit(
            @Parameters(paramLabel = "FILE", description = "JSONL file of signed receipts; - for standard input") String file) {
        BodyPublisher lines = file.equals("-") ? BodyPublishers.ofInputStream(() -> System.in) : publisher(Path.of(file));
        PrintWriter out = spec.commandLine().getOut();
        long accepted = 0;
        long refused = 0;
        try (Stream<String> results = new ServiceClient(RunningSystem.fromEnvironment()).postLines(Plane.IDE,
                "/v1/receipts/bulk", lines)) {
            for (Iterator<String> each = results.iterator(); each.hasNext();) {
                JsonNode result = Json.read(each.next());
                if (result.path("status").asInt() < 300) {
                    accepted++;
                } else {
                    refused++;
                    out.println(result);
                }
            }
        }
        out.println(accepted + " accepted, " + refused + " refused");
        out.flush();
        return refused == 0 ? 0 : 1;
    }

    private String receiptPath(String id) {
        try {
            return "/" + ReceiptId.of(id).value();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private static BodyPublisher publisher(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new CliFailure("cannot read " + file, "give a file with one signed receipt a line");
        }
    }
}
