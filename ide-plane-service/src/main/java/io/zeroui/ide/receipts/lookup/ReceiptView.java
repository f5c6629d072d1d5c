package io.zeroui.ide.receipts.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.ide.receipts.ReceiptEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of a receipt.
 *
 * @param receiptId its id
 * @param kind {@code decision} or {@code feedback}
 * @param tenantId whose it is
 * @param repoId repository of its actor
 * @param gateId gate of a decision
 * @param status status of a decision
 * @param evaluationPoint evaluation point, or {@code unknown}
 * @param severity severity, where it names one
 * @param timestampUtc its own time
 * @param kid id of the key that signed it
 * @param hash SHA-256 of its line, {@code sha256:{hex}}
 * @param file its file, relative to {@code ZU_ROOT}
 * @param offset where its line begins
 * @param length bytes of its line
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceiptView(String receiptId, String kind, String tenantId, String repoId, @Nullable String gateId,
        @Nullable String status, String evaluationPoint, @Nullable String severity, Instant timestampUtc, String kid,
        String hash, String file, long offset, int length) {

    static ReceiptView of(ReceiptEntry entry) {
        return new ReceiptView(entry.id().value(), entry.kind().key(), entry.tenantId().value(),
                entry.repoId().value(), entry.gateId(), entry.status(), entry.evaluationPoint(), entry.severity(),
                entry.timestampUtc(), entry.kid().value(), entry.hash().prefixed(), entry.position().file(),
                entry.position().offset(), entry.position().length());
    }
}
