package io.zeroui.cli.emitting;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;

/** Waits until receipts are in the tenant plane's ledger. */
final class LedgerWatch {

    /** Pause per receipt that was looked for in vain: 100 looks a second, which is a tenant's limit. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int AT_ONCE = 16;
    private static final Set<Integer> NOT_YET = Set.of(404, 429, 503);
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE, LedgerWatch::daemon);

    private final ServiceClient client;
    private final String tenant;

    LedgerWatch(ServiceClient client, String tenant) {
        this.client = client;
        this.tenant = tenant;
    }

    /** The ledger's entry of a receipt; an answer of 404 when it is not there yet, of 429 or 503 when it is to be asked later. */
    ServiceClient.Answer look(String receiptId) {
        ServiceClient.Answer answer = client.get(Plane.TENANT, "/v1/evidence/receipts/" + receiptId, "X-Tenant-Id",
                tenant);
        if (!answer.isSuccess() && !NOT_YET.contains(answer.status())) {
            throw new CliFailure("the tenant plane refuses to show receipt " + receiptId + ": " + answer.problem(),
                    "see ./zeroui logs tenant");
        }
        return answer;
    }

    /**
     * Waits until all are there, in any order.
     *
     * @param arrived is told the number of those that are there
     * @return the entries by receipt id; those that did not arrive in time are missing
     */
    Map<String, JsonNode> await(Collection<String> receiptIds, Duration timeout, IntConsumer arrived) {
        Set<String> open = new LinkedHashSet<>(receiptIds);
        Map<String, JsonNode> found = new LinkedHashMap<>();
        long end = System.nanoTime() + timeout.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            if (round(open, found) == 0) {
                LockSupport.parkNanos(POLL_NANOS * Math.min(AT_ONCE, open.size()));
            }
            arrived.accept(found.size());
        }
        return found;
    }

    /** Looks for the first open ones at the same time; those that are missing go to the end. */
    private int round(Set<String> open, Map<String, JsonNode> found) {
        List<String> looked = open.stream().limit(AT_ONCE).toList();
        List<CompletableFuture<ServiceClient.Answer>> answers = looked.stream()
                .map(id -> CompletableFuture.supplyAsync(() -> look(id), THREADS)).toList();
        int before = found.size();
        for (int i = 0; i < looked.size(); i++) {
            String id = looked.get(i);
            ServiceClient.Answer answer = answers.get(i).join();
            open.remove(id);
            if (answer.isSuccess()) {
                found.put(id, answer.body());
            } else {
                open.add(id);
            }
        }
        return found.size() - before;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ledger-watch");
        thread.setDaemon(true);
        return thread;
    }
}
