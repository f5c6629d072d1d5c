package io.zeroui.cli.attestations;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Whose attestations are believed. */
@Command(name = "trust", header = "Say whose attestations are believed.")
final class TrustCommand implements Runnable {

    @ParentCommand
    private AttestationsCommand attestations;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "trust wants one of: show, set, versions");
    }

    @Command(name = "show", header = "Show the trust root that counts, or another version.")
    int show(@Parameters(paramLabel = "VERSION", arity = "0..1", description = "which; the one that counts if not given") @Nullable Long version,
            @Option(names = "--json", description = "the trust root itself, as a file for set has it") boolean json) {
        JsonNode one = attestations.client().get("/trust" + (version == null ? "" : "/versions/" + version));
        return print(json ? one.path("root") : one, json, AttestationTables::trust);
    }

    @Command(name = "set", header = "Set a trust root; all attestations are verified again under it.")
    int set(@Parameters(paramLabel = "FILE", description = "keys, threshold, identities and a Sigstore trusted root, as JSON") Path file,
            @Option(names = "--note", paramLabel = "TEXT", required = true, description = "why") String note,
            @Option(names = "--json", description = "the answer as it came") boolean json) {
        return print(attestations.client().put("/trust?note=" + AttestationService.text(note), DocumentFile.read(file)), json, AttestationTables::trust);
    }

    @Command(name = "versions", header = "List all trust roots, newest first.")
    int versions(@Option(names = "--cursor", paramLabel = "N", description = "where the page begins, as the one before says") @Nullable String cursor,
            @Option(names = "--json", description = "the answer as it came") boolean json) {
        return print(attestations.client().get("/trust/versions" + (cursor == null ? "" : "?cursor=" + AttestationService.text(cursor))), json,
                AttestationTables::versions);
    }

    private int print(JsonNode answer, boolean json, Function<JsonNode, String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }
}
