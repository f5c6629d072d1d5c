package io.zeroui.contracts.receipts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What indexes, routes and counts need of a receipt.
 *
 * @param id {@code receipt_id}, or {@code feedback_id} of a feedback
 * @param kind decision or feedback
 * @param gateId the gate of a decision
 * @param repoId {@code actor.repo_id}
 * @param timestampUtc the receipt's own time
 * @param evaluationPoint {@code UNKNOWN} where the receipt does not say
 * @param status the status of a decision
 * @param severity when the receipt has one
 * @param tenantId when the receipt says whose it is
 * @param plane {@code ide} where the receipt does not say
 * @param environment {@code default} where the receipt does not say
 * @param emitterService {@code unknown} where the receipt does not say
 * @param policyVersionIds the policies that were active, {@code {policy-id}-{version}} each
 * @param snapshotHash {@code sha256:{hex}} of the policy snapshot; null where no policy was active
 * @param degraded whether the decision was made in degraded mode
 * @param overridden whether somebody overrode the decision
 * @param actorType when the receipt says who acted
 * @param parentId the parent receipt, or the decision that a feedback is about
 * @param moduleId when the receipt names its module with a short text; any other value of that member counts as none
 * @param rationale of a decision, at most its first {@link #RATIONALE_CHARACTERS} characters; empty for feedback
 * @param badges of a decision, tags of a feedback; at most the first {@link #BADGES}
 * @param kid whose signature it has
 */
public record ReceiptHeader(ReceiptId id, ReceiptKind kind, @Nullable String gateId, RepoId repoId,
        Instant timestampUtc, EvaluationPoint evaluationPoint, @Nullable DecisionStatus status,
        @Nullable String severity, @Nullable TenantId tenantId, String plane, String environment,
        String emitterService, List<String> policyVersionIds, @Nullable String snapshotHash, boolean degraded,
        boolean overridden, @Nullable String actorType, @Nullable ReceiptId parentId, @Nullable String moduleId,
        String rationale, List<String> badges, Kid kid) {

    /** So much of a rationale is kept beside the receipt and can be searched. */
    public static final int RATIONALE_CHARACTERS = 4_096;
    /** So many badges or tags are. */
    public static final int BADGES = 64;

    public ReceiptHeader {
        policyVersionIds = List.copyOf(policyVersionIds);
        badges = badges.stream().limit(BADGES).toList();
        rationale = beginning(rationale);
    }

    /**
     * Reads the header and checks the shape of the whole receipt. Members that the format does not know are allowed.
     *
     * @throws ReceiptRefused when a required member is missing, or a known one has the wrong type or value
     */
    public static ReceiptHeader read(ObjectNode receipt) throws ReceiptRefused {
        return new ReceiptShape(receipt).read();
    }

    /** Never half of a surrogate pair at its end. */
    private static String beginning(String text) {
        if (text.length() <= RATIONALE_CHARACTERS) {
            return text;
        }
        boolean cutsPair = Character.isHighSurrogate(text.charAt(RATIONALE_CHARACTERS - 1));
        return text.substring(0, cutsPair ? RATIONALE_CHARACTERS - 1 : RATIONALE_CHARACTERS);
    }
}
