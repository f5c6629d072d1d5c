package io.zeroui.cli.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Json;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whose data, and in which form. */
final class TenantOption {

    @Option(names = "--tenant", paramLabel = "TENANT", defaultValue = "local", description = "whose; ${DEFAULT-VALUE} if not given")
    String tenant = "local";

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    /** Prints an answer in that form; the command's exit code. */
    int print(CommandSpec command, JsonNode answer, Function<JsonNode, String> text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }
}
