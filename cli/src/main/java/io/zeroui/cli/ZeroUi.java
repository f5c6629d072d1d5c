package io.zeroui.cli;

import io.zeroui.cli.alerts.AlertsCommand;
import io.zeroui.cli.attestations.AttestationsCommand;
import io.zeroui.cli.channels.ChannelsCommand;
import io.zeroui.cli.credentials.CredentialsCommand;
import io.zeroui.cli.emitting.DemoCommand;
import io.zeroui.cli.emitting.KeysCommand;
import io.zeroui.cli.emitting.ProbeCommand;
import io.zeroui.cli.emitting.ReceiptsCommand;
import io.zeroui.cli.evaluations.EvaluationsCommand;
import io.zeroui.cli.governance.HoldsCommand;
import io.zeroui.cli.governance.RetentionCommand;
import io.zeroui.cli.health.SmokeCommand;
import io.zeroui.cli.health.StatusCommand;
import io.zeroui.cli.policies.PolicyCommand;
import io.zeroui.cli.providers.ProvidersCommand;
import io.zeroui.cli.rebuild.ReindexCommand;
import io.zeroui.cli.supplychain.SbomCommand;
import io.zeroui.cli.tenants.EdgesCommand;
import io.zeroui.cli.tenants.TenantsCommand;
import io.zeroui.cli.vectors.ContextCommand;
import io.zeroui.cli.vectors.VectorsCommand;
import io.zeroui.cli.verify.VerifyCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code zeroui} that need code. Exit codes: 0 all well, 1 something is wrong, 2 wrong usage; a command may have more. */
@Command(name = "zeroui", mixinStandardHelpOptions = true, version = "ZeroUI Planes 1.0.0", usageHelpWidth = 100, synopsisSubcommandLabel = "COMMAND", description = "Looks at, feeds and mends a running ZeroUI system.", scope = CommandLine.ScopeType.INHERIT, subcommands = {
        StatusCommand.class, SmokeCommand.class, ProbeCommand.class, DemoCommand.class,
        ReindexCommand.class, KeysCommand.class, ReceiptsCommand.class, ChannelsCommand.class,
        CredentialsCommand.class, TenantsCommand.class, EdgesCommand.class, VerifyCommand.class,
        HoldsCommand.class, RetentionCommand.class, PolicyCommand.class, VectorsCommand.class,
        ContextCommand.class, AlertsCommand.class, AttestationsCommand.class, EvaluationsCommand.class, SbomCommand.class, ProvidersCommand.class })
public final class ZeroUi {

    private ZeroUi() {
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine line = commandLine()
                .setOut(writer(FileDescriptor.out))
                .setErr(writer(FileDescriptor.err));
        int exitCode = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        System.exit(exitCode);
    }

    /** All commands, with failures turned into messages. */
    static CommandLine commandLine() {
        return new CommandLine(new ZeroUi()).setExecutionExceptionHandler(new FailureMessages());
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
