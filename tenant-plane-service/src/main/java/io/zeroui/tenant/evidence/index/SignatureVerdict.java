package io.zeroui.tenant.evidence.index;

import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Outcome of a signature check.
 *
 * @param status as the evidence API names it
 * @param reason the same in more detail: {@code signature_valid}, or a {@link RefusalReason} in lower case
 * @param checkedAt when, in whole microseconds
 */
public record SignatureVerdict(SignatureStatus status, String reason, Instant checkedAt) {

    private static final String VALID = "signature_valid";

    public SignatureVerdict {
        checkedAt = checkedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** Nothing speaks against the signature. */
    public static SignatureVerdict verified(Instant now) {
        return new SignatureVerdict(SignatureStatus.VERIFIED, VALID, now);
    }

    /** The verdict of an inspection. */
    public static SignatureVerdict of(Inspection inspection, Instant now) {
        return inspection instanceof Inspection.Refused refused ? of(refused.refusal(), now) : verified(now);
    }

    /** The verdict on what is refused. */
    public static SignatureVerdict of(Refusal refusal, Instant now) {
        boolean isMissing = refusal.reason() == RefusalReason.MISSING_FIELD && "/signature".equals(refusal.path());
        return isMissing ? new SignatureVerdict(SignatureStatus.NOT_PRESENT, "signature_missing", now) : of(refusal.reason(), now);
    }

    /** The verdict on a signature that is refused for that reason. */
    public static SignatureVerdict of(RefusalReason reason, Instant now) {
        SignatureStatus status = switch (reason) {
            case KID_REVOKED -> SignatureStatus.KID_REVOKED;
            case KID_UNKNOWN, KID_CONFLICT, KID_SWAPPED, KID_DOCUMENT_DAMAGED -> SignatureStatus.KID_UNKNOWN;
            default -> SignatureStatus.FAILED;
        };
        return new SignatureVerdict(status, reason.name().toLowerCase(Locale.ROOT), now);
    }
}
