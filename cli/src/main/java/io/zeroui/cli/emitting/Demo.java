package io.zeroui.cli.emitting;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.cli.output.Progress;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.identity.TenantId;

/** One run of the demonstration. */
final class Demo {

    private final RunningSystem system;
    private final ServiceClient client;
    private final PrintWriter out;
    private final Progress progress;

    Demo(RunningSystem system, PrintWriter out, Progress progress) {
        this.system = system;
        this.client = new ServiceClient(system);
        this.out = out;
        this.progress = progress;
    }

    /** The number of receipts that did not reach the ledger in time. */
    int run(int receipts, int timeoutSeconds) {
        TrustedKey key = TrustedKey.forOnce(system, "demo");
        out.println("key " + key.kid() + " made; its public half is in " + system.zuRoot().ideTrust(key.kid()));
        long start = System.nanoTime();
        DemoEmission emission = new DemoEmission(client, system.zuRoot(), key);
        DemoEmission.First first = emission.one();
        String tenant = first.answer().path("tenant_id").asText(TenantId.DEFAULT.value());
        DemoReport report = new DemoReport(client, out, tenant);
        long countedBefore = report.counted() - 1; // the first one may be counted already or not: a wait of one at most
        out.println("1 receipt by HTTP: POST /v1/receipts, tenant " + tenant);
        int streamed = (receipts - 1) / 2;
        int appended = receipts - 1 - streamed;
        Map<String, String> ways = new LinkedHashMap<>();
        ways.put(first.receipt().id(), "HTTP, one");
        emission.stream(streamed).forEach(id -> ways.put(id, "HTTP, stream"));
        out.println(streamed + " receipts as a stream: POST /v1/receipts/bulk");
        emission.append(appended).forEach(id -> ways.put(id, "file"));
        out.println(appended + " receipts by another process: appended to " + emission.file());
        out.flush();
        Map<String, JsonNode> ledger = follow(tenant, List.copyOf(ways.keySet()), timeoutSeconds, start);
        report.ledger(ways, ledger);
        report.counts(countedBefore + ledger.size(), progress);
        report.lookUp(first.receipt().id());
        return receipts - ledger.size();
    }

    private Map<String, JsonNode> follow(String tenant, List<String> ids, int timeoutSeconds, long start) {
        Map<String, JsonNode> ledger = new LedgerWatch(client, tenant).await(ids, Duration.ofSeconds(timeoutSeconds),
                count -> progress.show("in the ledger: " + count + " of " + ids.size()));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        progress.done("in the ledger: " + ledger.size() + " of " + ids.size() + " after " + millis + " ms");
        return ledger;
    }
}
