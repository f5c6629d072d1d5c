package io.zeroui.tenant.evidence.chain;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.ReceiptHeader;

/**
 * Name of a hash chain.
 *
 * @param value {@code {tenant_id}:{plane}:{environment}:{emitter_service}}
 */
public record ChainId(String value) {

    /** The chain that a receipt belongs to once it is this tenant's. */
    public static ChainId of(TenantId tenant, ReceiptHeader header) {
        return new ChainId(tenant.value() + ":" + header.plane() + ":" + header.environment() + ":"
                + header.emitterService());
    }

    @Override
    public String toString() {
        return value;
    }
}
