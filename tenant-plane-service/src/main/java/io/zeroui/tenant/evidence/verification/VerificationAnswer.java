package io.zeroui.tenant.evidence.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a receipt still is what was acknowledged; everything is computed anew from the bytes in the evidence file.
 *
 * @param valid all of it
 * @param hashValid the bytes have the hash that the ledger noted
 * @param signatureValid the signature in the bytes holds, by a key that was to be believed when the ledger took the receipt in
 * @param signatureVerificationStatus {@code verified}, {@code failed}, {@code not_present}, {@code kid_revoked} or
 *        {@code kid_unknown}
 * @param signatureReason the same in more detail, for example {@code kid_expired}
 * @param policyStanding whether its edge can have had the policies that it names, as the tenant's history of releases says now: {@code none},
 *        {@code consistent}, {@code unjudged}, or why not; absent where the bytes are no receipt. Says nothing about {@code valid}
 * @param chainValid the receipt's link follows from its bytes and from the link before it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationAnswer(String receiptId, String tenantId, boolean valid, boolean hashValid, boolean signatureValid,
        String signatureVerificationStatus, String signatureReason, boolean chainValid, String chainId, long chainPosition,
        long ledgerSequence, Instant checkedAt, @Nullable String policyStanding) {
}
