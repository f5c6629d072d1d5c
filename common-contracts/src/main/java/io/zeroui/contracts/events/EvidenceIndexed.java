package io.zeroui.contracts.events;

import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Receipts that a tenant's ledger has indexed.
 *
 * @param tenantId whose ledger
 * @param region where the ledger is
 * @param items the receipts, in the ledger's order
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EvidenceIndexed(String tenantId, String region, List<EvidenceItem> items) {

    public EvidenceIndexed {
        items = List.copyOf(items);
    }
}
