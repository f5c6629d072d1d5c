package io.zeroui.cli.supplychain;

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

/** Statements on vulnerabilities. */
@Command(name = "vex", header = "Keep statements on vulnerabilities, and ask which components of a document are affected.")
final class VexCommand implements Runnable {

    @ParentCommand
    private SbomCommand parent;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "vex wants one of: add, findings");
    }

    @Command(name = "add", header = "Add a document: OpenVEX, CycloneDX or CSAF.")
    int add(@Parameters(paramLabel = "FILE", description = "the document") Path file, @Option(names = "--json", description = "as JSON") boolean json) {
        return print(parent.service().send("/v1/vex", file, "application/json"), json,
                one -> one.path("digest").asText() + "\n" + one.path("statements").asText() + " statements of " + one.path("author").asText());
    }

    @Command(name = "findings", header = "Show which components of a document are affected by what, as each author says last.")
    int findings(@Parameters(paramLabel = "SBOM", description = "digest, project or project@release") String sbom,
            @Option(names = "--status", paramLabel = "STATUS", description = "only affected, not_affected, fixed or under_investigation") @Nullable String status,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(parent.service().get("/v1/vex/findings?" + SupplyService.parameter("sbom", sbom) + SupplyService.parameter("status", status)), json,
                SbomTables::findings);
    }

    private int print(JsonNode answer, boolean json, Function<JsonNode, String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }
}
