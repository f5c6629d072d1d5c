package io.zeroui.cli.attestations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.trust.TrustRootReader;
import io.zeroui.contracts.attestation.verify.Attestation;
import io.zeroui.contracts.attestation.verify.AttestationVerifier;
import io.zeroui.contracts.attestation.verify.Verdict;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Attestations: DSSE envelopes and Sigstore bundles. */
@Command(name = "attestations", header = "Keep and verify attestations: DSSE envelopes and Sigstore bundles.", description = "Asks the shared plane; verify asks nobody. "
        + "Commands act with the key in ZEROUI_API_KEY; without it with the administrator's. Exit code 1 where an attestation is not verified.", subcommands = TrustCommand.class)
public final class AttestationsCommand implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final @Nullable RunningSystem given;

    @Spec
    private CommandSpec spec;

    AttestationsCommand() {
        this(null);
    }

    AttestationsCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "attestations wants one of: add, list, show, verify, link, trust");
    }

    @Command(name = "add", header = "Keep an attestation and say whether it is verified.")
    int add(@Parameters(paramLabel = "FILE", description = "a DSSE envelope or a Sigstore bundle") Path file,
            @Option(names = "--json", description = "the answer as it came") boolean json) {
        JsonNode one = client().post("", DocumentFile.read(file));
        return print(one, json, AttestationTables::one, one.path("verified").asBoolean());
    }

    @Command(name = "list", header = "List attestations, newest first.")
    int list(@Option(names = "--subject", paramLabel = "DIGEST", description = "about this, for example sha256:…") @Nullable String subject,
            @Option(names = "--predicate-type", paramLabel = "URI", description = "that say this kind of thing") @Nullable String predicateType,
            @Option(names = "--builder", paramLabel = "URI", description = "of what this one has built") @Nullable String builder,
            @Option(names = "--signer", paramLabel = "WHO", description = "verifiably signed by this identity or kid") @Nullable String signer,
            @Option(names = "--link", paramLabel = "KIND:TARGET", description = "about adapter:ID@VERSION, emitter:KID or sbom:SHA-256") @Nullable String link,
            @Option(names = "--verified", arity = "1", paramLabel = "true|false", description = "that are, or are not") @Nullable Boolean verified,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many, 1 to 200; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--cursor", paramLabel = "N", description = "where the page begins, as the one before says") @Nullable String cursor,
            @Option(names = "--json", description = "the answer as it came") boolean json) {
        StringBuilder query = new StringBuilder("?limit=").append(limit);
        add(query, "subject", subject);
        add(query, "predicate_type", predicateType);
        add(query, "builder", builder);
        add(query, "signer", signer);
        add(query, "link", link);
        add(query, "verified", verified == null ? null : verified.toString());
        add(query, "cursor", cursor);
        return print(client().get(query.toString()), json, AttestationTables::list, true);
    }

    @Command(name = "show", header = "Show an attestation.")
    int show(@Parameters(paramLabel = "ID", description = "the document's SHA-256 in hex") String id,
            @Option(names = "--results", description = "every verification of it") boolean results,
            @Option(names = "--json", description = "the answer as it came") boolean json) {
        String path = "/" + AttestationService.text(id);
        return results ? print(client().get(path + "/results"), true, Json::write, true)
                : print(client().get(path), json, AttestationTables::one, true);
    }

    @Command(name = "link", header = "Say what a subject of an attestation is.")
    int link(@Parameters(index = "0", paramLabel = "ID", description = "the attestation") String id,
            @Parameters(index = "1", paramLabel = "DIGEST", description = "the subject's, for example sha256:…") String digest,
            @Parameters(index = "2", paramLabel = "KIND:TARGET", description = "adapter:ID@VERSION, emitter:KID or sbom:SHA-256") String target,
            @Option(names = "--json", description = "the answer as it came") boolean json) {
        int colon = target.indexOf(':');
        if (colon < 0) {
            throw new ParameterException(spec.commandLine(), "a link is adapter:ID@VERSION, emitter:KID or sbom:SHA-256");
        }
        ObjectNode wish = Json.object().put("kind", target.substring(0, colon)).put("target", target.substring(colon + 1)).put("digest", digest);
        return print(client().post("/" + AttestationService.text(id) + "/links", Json.write(wish).getBytes(StandardCharsets.UTF_8)), json,
                AttestationTables::one, true);
    }

    @Command(name = "verify", header = "Verify a file, without any plane and any network.")
    int verify(@Parameters(paramLabel = "FILE", description = "a DSSE envelope or a Sigstore bundle") Path file,
            @Option(names = "--trust", paramLabel = "FILE", required = true, description = "the trust root, as trust show --json prints it") Path trust,
            @Option(names = "--artifact", paramLabel = "FILE", description = "what it must be about") @Nullable Path artifact,
            @Option(names = "--json", description = "the verdict as JSON") boolean json) {
        Verdict verdict = verdict(DocumentFile.read(file), root(trust), artifact);
        return print(JSON.valueToTree(verdict), json,
                result -> "verified     " + (verdict.isVerified() ? "yes" : "NO") + '\n' + AttestationTables.result(result), verdict.isVerified());
    }

    private static Verdict verdict(byte[] document, TrustRoot root, @Nullable Path artifact) {
        AttestationVerifier verifier = new AttestationVerifier(root);
        Instant now = Instant.now();
        try {
            Attestation attestation = Attestation.read(document);
            return verifier.verify(attestation, now, artifact == null ? List.of() : DocumentFile.digests(artifact),
                    DocumentFile.artifact(artifact));
        } catch (AttestationRefused e) {
            return verifier.verify(document, now);
        }
    }

    private static TrustRoot root(Path file) {
        try {
            return TrustRootReader.read(DocumentFile.read(file));
        } catch (AttestationRefused e) {
            throw new CliFailure(file + " is no trust root: " + e.finding().detail(), "see ./zeroui attestations trust show --json");
        }
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=').append(AttestationService.text(value));
        }
    }

    AttestationService client() {
        RunningSystem system = given;
        return new AttestationService(system == null ? RunningSystem.fromEnvironment() : system);
    }

    private int print(JsonNode answer, boolean json, Function<JsonNode, String> text, boolean good) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
        return good ? 0 : 1;
    }
}
