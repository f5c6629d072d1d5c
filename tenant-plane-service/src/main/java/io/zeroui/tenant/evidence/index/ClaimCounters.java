package io.zeroui.tenant.evidence.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.zeroui.contracts.policy.claims.PolicyStanding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts receipts by how their claims of policies stood when they were indexed. */
@ApplicationScoped
class ClaimCounters {

    private final Map<String, Counter> counters = new HashMap<>();

    ClaimCounters(MeterRegistry metrics) {
        for (PolicyStanding standing : PolicyStanding.values()) {
            counters.put(standing.key(), Counter.builder("zeroui_ledger_policy_claims")
                    .description("Receipts by how the policies that they name stood to what was released, when they were indexed")
                    .tag("standing", standing.key()).register(metrics));
        }
    }

    void count(List<IndexedReceipt> rows) {
        for (IndexedReceipt row : rows) {
            Counter counter = counters.get(row.policyStanding());
            if (counter != null) {
                counter.increment();
            }
        }
    }
}
