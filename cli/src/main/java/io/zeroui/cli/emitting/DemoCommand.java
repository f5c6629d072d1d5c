package io.zeroui.cli.emitting;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Progress;
import io.zeroui.cli.system.RunningSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the way of receipts. */
@Command(name = "demo", header = "Send receipts in all three ways and show where they arrive.", description = "Makes a key, lets the edge trust it, and emits receipts in all three ways: one by HTTP, a stream of"
        + " lines by HTTP, and lines that another process appends to a receipt file. Follows them to the ledger,"
        + " then shows what each plane knows of them.")
public final class DemoCommand implements Callable<Integer> {

    private static final int MAX_RECEIPTS = 100_000;

    @Option(names = "--receipts", paramLabel = "N", defaultValue = "30", description = "how many receipts to emit, 3 to "
            + MAX_RECEIPTS + "; ${DEFAULT-VALUE} if not given")
    private int receipts;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60", description = "how long to wait for the ledger; ${DEFAULT-VALUE} if not given")
    private int timeoutSeconds;

    @Spec
    private CommandSpec spec;

    DemoCommand() {
    }

    @Override
    public Integer call() {
        if (receipts < 3 || receipts > MAX_RECEIPTS) {
            throw new ParameterException(spec.commandLine(), "--receipts must be 3 to " + MAX_RECEIPTS);
        }
        PrintWriter out = spec.commandLine().getOut();
        Demo demo = new Demo(RunningSystem.fromEnvironment(), out, Progress.on(spec.commandLine().getErr()));
        int missing = demo.run(receipts, timeoutSeconds);
        out.flush();
        if (missing > 0) {
            throw new CliFailure(missing + " of " + receipts + " receipts did not reach the ledger within " + timeoutSeconds
                    + " s", "see ./zeroui smoke, then ./zeroui logs ide and ./zeroui logs tenant");
        }
        return 0;
    }
}
