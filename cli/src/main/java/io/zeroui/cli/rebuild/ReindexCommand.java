package io.zeroui.cli.rebuild;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Progress;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The steps of a rebuild; the shell script {@code zeroui} stops and starts the service around them. */
@Command(name = "reindex", header = "Rebuild a plane's database from its files.", description = "Rebuilds what the database of a plane computes from files. './zeroui reindex PLANE' does all of it; each of"
        + " these options is one step.")
public final class ReindexCommand implements Callable<Integer> {

    /** One step. */
    static final class Step {

        @Option(names = "--digest", description = "print the digest over what the database has now")
        private boolean digest;

        @Option(names = "--drop", description = "empty the database with the owner's login; the service must be stopped")
        private boolean drop;

        @Option(names = "--follow", description = "follow the running service until it has indexed everything")
        private boolean follow;

        Step() {
        }
    }

    @Parameters(paramLabel = "PLANE", description = "ide, tenant, product or shared")
    private String plane;

    @ArgGroup(multiplicity = "1")
    private Step step = new Step();

    @Option(names = "--expect", paramLabel = "DIGEST", description = "with --follow: fail unless the digest is this one")
    private @Nullable String expected;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "600", description = "with --follow: how long to wait; ${DEFAULT-VALUE} if not given")
    private int timeoutSeconds;

    @Spec
    private CommandSpec spec;

    ReindexCommand() {
    }

    @Override
    public Integer call() {
        if (!List.of("ide", "tenant", "product", "shared").contains(plane)) {
            throw new ParameterException(spec.commandLine(), "reindex wants ide, tenant, product or shared");
        }
        Plane chosen = Plane.ofKey(plane);
        RunningSystem system = RunningSystem.fromEnvironment();
        PrintWriter out = spec.commandLine().getOut();
        if (step.drop) {
            SchemaDrop.run(system, chosen);
            out.println(SchemaDrop.DONE.getOrDefault(chosen, "the database of the " + plane + " plane is empty"));
        } else {
            RebuildFollow rebuild = new RebuildFollow(new ServiceClient(system), chosen);
            if (step.digest) {
                out.println(rebuild.digest().value());
            } else {
                follow(rebuild, out);
            }
        }
        out.flush();
        return 0;
    }

    private void follow(RebuildFollow rebuild, PrintWriter out) {
        RebuildFollow.Digest digest = rebuild.await(Duration.ofSeconds(timeoutSeconds),
                Progress.on(spec.commandLine().getErr()));
        out.println("rows    " + digest.rows());
        out.println("digest  " + digest.value());
        if (expected == null) {
            return;
        }
        if (!expected.equals(digest.value())) {
            throw new CliFailure("the digest is not the expected one, " + expected,
                    "something may have arrived meanwhile; compare the rows, and run ./zeroui reindex " + plane + " again");
        }
        out.println("the digest is the same as before");
    }
}
