package io.zeroui.cli.emitting;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.DecisionStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends one receipt through the planes. */
@Command(name = "probe", header = "Send one receipt through the planes and time it.", description = "Sends one signed receipt of the reserved tenant zeroui-selfcheck to the IDE plane and prints how"
        + " long it took until the tenant plane's ledger had it.")
public final class ProbeCommand implements Callable<Integer> {

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30", description = "how long to wait for the ledger; ${DEFAULT-VALUE} if not given")
    private int timeoutSeconds;

    @Option(names = "--json", description = "for programs: receipt_id, tenant_id, milliseconds")
    private boolean json;

    @Spec
    private CommandSpec spec;

    ProbeCommand() {
    }

    @Override
    public Integer call() {
        RunningSystem system = RunningSystem.fromEnvironment();
        ServiceClient client = new ServiceClient(system);
        TrustedKey key = TrustedKey.ofState(system, TenantId.SELFCHECK.value());
        LedgerWatch ledger = new LedgerWatch(client, TenantId.SELFCHECK.value());
        Emitter.Signed receipt = new Emitter(key.kid(), key.privateKey(), RepoId.SELFCHECK.value())
                .receipt("selfcheck", DecisionStatus.PASS, Json.object().put("tenant_id", TenantId.SELFCHECK.value()));
        boolean known = ledger.look(receipt.id()).isSuccess(); // also opens the connection, which is not to be measured
        long start = System.nanoTime();
        FirstReceipt.send(client, receipt);
        boolean arrived = known
                || !ledger.await(List.of(receipt.id()), Duration.ofSeconds(timeoutSeconds), count -> {
                }).isEmpty();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (!arrived) {
            throw new CliFailure("probe receipt " + receipt.id() + " did not reach the ledger within " + timeoutSeconds
                    + " s, though the IDE plane keeps it" + waiting(client),
                    "see ./zeroui smoke, then ./zeroui logs ide and ./zeroui logs tenant");
        }
        print(receipt.id(), millis);
        return 0;
    }

    private void print(String receiptId, long millis) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(Json.object().put("receipt_id", receiptId)
                    .put("tenant_id", TenantId.SELFCHECK.value()).put("milliseconds", millis)));
        } else {
            out.println("probe receipt " + receiptId + " reached the ledger in " + millis + " ms");
        }
        out.flush();
    }

    private static String waiting(ServiceClient client) {
        ServiceClient.Answer status = client.get(Plane.IDE, "/v1/status");
        return status.isSuccess() ? "; its state: " + status.body() : "";
    }
}
