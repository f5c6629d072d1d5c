package io.zeroui.cli.health;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what runs where. */
@Command(name = "status", header = "Show what runs where, and whether it is well.", description = "Asks every service, every database and Redis. Exit code 0 only if all of it is up.")
public final class StatusCommand implements Callable<Integer> {

    private static final int PROBE_FAILED = 3;

    @Option(names = "--json", description = "for programs: services, databases, redis, zu_root")
    private boolean json;

    @Option(names = "--probe", description = "if all is up, go on with ./zeroui probe in the same process; exit code 3 if that fails")
    private boolean probe;

    @Spec
    private CommandSpec spec;

    StatusCommand() {
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        SystemState state = SystemState.ask(RunningSystem.fromEnvironment());
        if (json) {
            out.println(Json.write(state.json()));
        } else {
            out.print(state.table());
            if (state.isSilent()) {
                out.println("Nothing runs here. Start it with: ./zeroui up");
            } else if (!state.isUp()) {
                out.println("Not all of it is up. Start what is missing with: ./zeroui up; what services say: ./zeroui logs");
            }
        }
        out.flush();
        if (!state.isUp()) {
            return 1;
        }
        return !probe || Objects.requireNonNull(spec.parent().subcommands().get("probe")).execute() == 0 ? 0 : PROBE_FAILED;
    }
}
