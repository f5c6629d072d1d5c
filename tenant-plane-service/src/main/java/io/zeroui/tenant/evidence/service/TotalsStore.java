package io.zeroui.tenant.evidence.service;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How much there is of one tenant; each number is the last of a gapless row of numbers. */
@ApplicationScoped
class TotalsStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Tenancy tenancy;

    TotalsStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Receipts that are indexed, and courier batches. */
    record Totals(long receipts, long courierBatches) {
    }

    Uni<Totals> of(TenantId tenant) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT COALESCE((SELECT ledger_sequence FROM {home}.ledger_watermarks WHERE tenant_id = $1), 0) AS receipts,
                       COALESCE((SELECT max(number) FROM {home}.courier_batches WHERE tenant_id = $1), 0) AS courier_batches
                """, Tuple.of(tenant.value())))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Totals(row.getLong("receipts"), row.getLong("courier_batches"));
                }));
    }
}
