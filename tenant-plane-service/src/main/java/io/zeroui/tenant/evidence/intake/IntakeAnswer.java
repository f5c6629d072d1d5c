package io.zeroui.tenant.evidence.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.runtime.intake.SubmitOutcome;
import io.zeroui.tenant.evidence.LedgerPlace;
import org.jspecify.annotations.Nullable;

/**
 * A receipt is in the ledger.
 *
 * @param receiptId its id
 * @param hash SHA-256 of its line, {@code sha256:{hex}}
 * @param tenantId in whose ledger
 * @param ledgerSequence its place there; absent where it had been there before
 * @param duplicate whether the ledger had the same bytes before
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IntakeAnswer(String receiptId, String hash, String tenantId, @Nullable Long ledgerSequence,
        boolean duplicate) {

    static IntakeAnswer of(SubmitOutcome.Stored<LedgerPlace> stored) {
        LedgerPlace place = stored.stored();
        return new IntakeAnswer(stored.id().value(), place.hash().prefixed(), place.tenant().value(), place.sequence(),
                stored.duplicate());
    }
}
