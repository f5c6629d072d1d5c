package io.zeroui.cli.health;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

import io.zeroui.cli.system.RunningSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tries every part once. */
@Command(name = "smoke", header = "Check every part once.", description = "Checks every database and its schema, the"
        + " vector extension, Redis and its stream zeroui:events, and every service's readiness: one line each, with cause"
        + " and mend where it went wrong. Exit code 0 only if all went well.")
public final class SmokeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    SmokeCommand() {
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<SmokeCheck> checks = Smoke.run(RunningSystem.fromEnvironment());
        checks.forEach(check -> out.println(check.line()));
        long good = checks.stream().filter(SmokeCheck::isGood).count();
        out.println(good == checks.size() ? "all " + good + " checks went well"
                : (checks.size() - good) + " of " + checks.size() + " checks went wrong");
        out.flush();
        return good == checks.size() ? 0 : 1;
    }
}
