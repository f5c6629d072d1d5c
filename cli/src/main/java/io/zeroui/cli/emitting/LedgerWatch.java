package io.zeroui.cli.emitting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;

/** Waits until receipts are in the tenant plane's ledger. */
final class LedgerWatch {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MISSES_A_ROUND = 4;

    private final ServiceClient client;
    private final String tenant;

    LedgerWatch(ServiceClient client, String tenant) {
        this.client = client;
        this.tenant = tenant;
    }

    /** The ledger's entry of a receipt; an answer of 404 when it is not there yet. */
    ServiceClient.Answer look(String receiptId) {
        ServiceClient.Answer answer = client.get(Plane.TENANT, "/v1/evidence/receipts/" + receiptId, "X-Tenant-Id",
                tenant);
        if (!answer.isSuccess() && answer.status() != 404 && answer.status() != 503) {
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
                LockSupport.parkNanos(POLL_NANOS);
            }
            arrived.accept(found.size());
        }
        return found;
    }

    /** Looks for open ones until a few in a row are missing; those go to the end, so that none is waited for alone. */
    private int round(Set<String> open, Map<String, JsonNode> found) {
        List<String> missing = new ArrayList<>();
        int arrivals = 0;
        for (Iterator<String> ids = open.iterator(); ids.hasNext() && missing.size() < MISSES_A_ROUND;) {
            String id = ids.next();
            ServiceClient.Answer answer = look(id);
            ids.remove();
            if (answer.isSuccess()) {
                found.put(id, answer.body());
                arrivals++;
            } else {
                missing.add(id);
            }
        }
        open.addAll(missing);
        return arrivals;
    }
}
