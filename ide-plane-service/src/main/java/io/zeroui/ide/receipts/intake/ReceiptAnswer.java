package io.zeroui.ide.receipts.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.runtime.intake.SubmitOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A receipt was taken in.
 *
 * @param receiptId its id
 * @param hash SHA-256 of its line, {@code sha256:{hex}}
 * @param file its file, relative to {@code ZU_ROOT}
 * @param offset where its line begins
 * @param length bytes of its line without the line feed
 * @param tenantId whose it is
 * @param duplicate whether the same bytes were stored before
 * @param uniqueness {@code deferred} where it is still open whether another receipt has the id; else absent
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceiptAnswer(String receiptId, String hash, String file, long offset, int length, String tenantId,
        boolean duplicate, @Nullable String uniqueness) {

    static ReceiptAnswer of(SubmitOutcome.Stored<StoredReceipt> stored) {
        return new ReceiptAnswer(stored.id().value(), stored.stored().hash().prefixed(),
                stored.stored().position().file(), stored.stored().position().offset(),
                stored.stored().position().length(), stored.stored().tenantId().value(), stored.duplicate(),
                stored.deferred() ? "deferred" : null);
    }
}
