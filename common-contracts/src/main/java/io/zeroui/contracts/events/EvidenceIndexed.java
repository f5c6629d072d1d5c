package io.zeroui.contracts.events;

import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;

/**
 * Receipts that a tenant's ledger has indexed.
 *
 * @param tenantId whose ledger
 * @param region where the ledger is
 * @param items the receipts, in the ledger's order
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.RECEIPT_METADATA)
@EventType(EventEnvelope.EVIDENCE_INDEXED)
public record EvidenceIndexed(String tenantId, String region, List<EvidenceItem> items) {

    public EvidenceIndexed {
        items = List.copyOf(items);
    }
}
