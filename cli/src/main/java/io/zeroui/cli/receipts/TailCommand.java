package io.zeroui.cli.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The end of a ledger, and what comes in. */
@Command(name = "tail", header = "Show the newest receipts, and with --follow those that come in.", description = {
        "In the order in which the ledger took them in, whatever time they say themselves: none is missed, none shown twice.",
        "With --follow it waits for a service that is being restarted; end it with Ctrl-C."})
public final class TailCommand implements Callable<Integer> {

    @Mixin
    private ReceiptQuery query = new ReceiptQuery();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "so many to begin with; ${DEFAULT-VALUE} if not given")
    private int limit = 20;

    @Option(names = {"-f", "--follow"}, description = "go on with what comes in")
    private boolean follow;

    @Option(names = "--every", paramLabel = "DURATION", defaultValue = "PT1S", hidden = true)
    private Duration every = Duration.ofSeconds(1);

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Spec
    private CommandSpec spec;

    TailCommand() {
    }

    @Override
    public Integer call() {
        if (limit < 0 || limit > ReceiptQuery.PAGE) {
            throw new ParameterException(spec.commandLine(), "--limit must be 0 to " + ReceiptQuery.PAGE);
        }
        LedgerTail tail = new LedgerTail(new ServiceClient(RunningSystem.fromEnvironment()), query);
        print(tail.end(limit));
        while (follow && !spec.commandLine().getOut().checkError()) { // until its reader has gone
            if (!tail.isBehind()) {
                pause();
            }
            print(tail.next());
        }
        return 0;
    }

    private void print(Iterable<JsonNode> receipts) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ReceiptLines.json(out, receipts);
        } else {
            ReceiptLines.columns(out, receipts);
        }
    }

    private void pause() {
        try {
            Thread.sleep(every.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure("interrupted", "run it again");
        }
    }
}
