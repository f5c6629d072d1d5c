package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.policy.PolicyVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the product plane may know about one receipt of the ledger: metadata only.
 *
 * @param ledgerSequence number in the tenant's ledger, 1-based and without gaps
 * @param receiptId id of the receipt
 * @param kind {@code decision} or {@code feedback}
 * @param repoId repository
 * @param gateId gate of a decision
 * @param status status of a decision
 * @param severity severity, when the receipt has one
 * @param day UTC date of the receipt's own time, {@code YYYY-MM-DD}
 * @param evaluationPoint evaluation point or {@code unknown}
 * @param environment environment or {@code default}
 * @param degraded whether the decision was made in degraded mode
 * @param hash SHA-256 of the stored line, hex
 * @param policyVersionIds the policies that were active, {@code {policy-id}-{version}} each, at most {@link #POLICIES_MOST}; empty in
 *            events of older senders
 * @param overridden whether somebody overrode the decision; false in events of older senders
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.RECEIPT_METADATA)
public record EvidenceItem(long ledgerSequence, String receiptId, String kind, String repoId, @Nullable String gateId,
        @Nullable String status, @Nullable String severity, String day, String evaluationPoint, String environment,
        boolean degraded, String hash, List<String> policyVersionIds, Boolean overridden) {

    /** Most policies of one item. */
    public static final int POLICIES_MOST = 32;

    public EvidenceItem {
        policyVersionIds = policyVersionIds == null ? List.of() : List.copyOf(policyVersionIds);
        overridden = overridden != null && overridden;
    }

    /** Of what a receipt names as its policies, the names that versions of policies can have: each once, the first so many. */
    public static List<String> policies(List<String> named) {
        return named.stream().filter(PolicyVersion::isName).distinct().limit(POLICIES_MOST).toList();
    }
}
