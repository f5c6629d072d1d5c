package io.zeroui.cli.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Receipts by filters. */
@Command(name = "find", header = "Find receipts, newest first.", description = "Asks the tenant plane. All pages are of the ledger as it was when the first one was read.")
public final class FindCommand implements Callable<Integer> {

    private static final int DEFAULT_LIMIT = 50;

    @Mixin
    private ReceiptQuery query = new ReceiptQuery();

    @Option(names = "--limit", paramLabel = "N", description = "at most so many; " + DEFAULT_LIMIT + " if neither this nor --all is given")
    private @Nullable Integer limit;

    @Option(names = "--all", description = "all of them")
    private boolean all;

    @Option(names = "--json", description = "one JSON object a line, as they come")
    private boolean json;

    @Spec
    private CommandSpec spec;

    FindCommand() {
    }

    @Override
    public Integer call() {
        if (all && limit != null || limit != null && limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, and not be given with --all");
        }
        ServiceClient client = new ServiceClient(RunningSystem.fromEnvironment());
        PrintWriter out = spec.commandLine().getOut();
        long left = all ? Long.MAX_VALUE : limit == null ? DEFAULT_LIMIT : limit;
        List<JsonNode> found = new ArrayList<>();
        ObjectNode body = query.body();
        boolean more = true;
        while (more && left > 0) {
            JsonNode page = ReceiptQuery.require(query.ask(client, "search", body.put("limit", Math.min(left, ReceiptQuery.PAGE))));
            left -= page.path("items").size();
            if (json) {
                ReceiptLines.json(out, page.path("items"));
            } else {
                page.path("items").forEach(found::add);
            }
            more = page.hasNonNull("next_cursor");
            body.put("cursor", page.path("next_cursor").asText());
        }
        if (!json) {
            print(out, found, more);
        }
        return 0;
    }

    private void print(PrintWriter out, List<JsonNode> found, boolean more) {
        if (found.isEmpty()) {
            out.println("no receipts");
        } else {
            ReceiptLines.table(out, found);
        }
        if (more) {
            out.println("there are more: ask for them with --limit or --all");
        }
        out.flush();
    }
}
