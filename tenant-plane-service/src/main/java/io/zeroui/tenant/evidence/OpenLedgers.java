package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.claims.ClaimWatch;
import io.zeroui.tenant.evidence.erasure.LineErasure;
import io.zeroui.tenant.evidence.index.EvidenceIndexer;
import io.zeroui.tenant.evidence.journal.LedgerRecovery;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import io.zeroui.tenant.evidence.merkle.LogKeeper;
import io.zeroui.tenant.evidence.standing.KeyWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ledgers that are recovered and wholly indexed, so that every known receipt can be recognised. Used in the lane only. */
@ApplicationScoped
class OpenLedgers {

    private final LineErasure erasures;
    private final LedgerRecovery recovery;
    private final EvidenceIndexer indexer;
    private final LogKeeper logs;
    private final KeyWatch keys;
    private final ClaimWatch claims;
    private final Map<TenantId, OpenLedger> open = new ConcurrentHashMap<>();

    OpenLedgers(LineErasure erasures, LedgerRecovery recovery, EvidenceIndexer indexer, LogKeeper logs, KeyWatch keys,
            ClaimWatch claims) {
        this.claims = claims;
        this.erasures = erasures;
        this.keys = keys;
        this.recovery = recovery;
        this.indexer = indexer;
        this.logs = logs;
    }

    /** Opens what is not open; a ledger whose last append failed is recovered first. */
    Uni<Void> open(Collection<TenantId> tenants) {
        return Multi.createFrom().iterable(tenants)
                .onItem().transformToUniAndConcatenate(this::openOne)
                .collect().last()
                .replaceWithVoid();
    }

    /**
     * An open ledger.
     *
     * @throws IllegalStateException when it is not open
     */
    OpenLedger get(TenantId tenant) {
        OpenLedger ledger = open.get(tenant);
        if (ledger == null) {
            throw new IllegalStateException("the ledger of " + tenant + " is not open");
        }
        return ledger;
    }

    private Uni<OpenLedger> openOne(TenantId tenant) {
        OpenLedger known = open.get(tenant);
        if (known != null && !known.isBroken()) {
            return Uni.createFrom().item(known);
        }
        return erasures.redo(tenant)
                .chain(() -> recovery.open(tenant))
                .call(erasures::finish)
                .invoke(logs::opened)
                .call(ledger -> keys.opened(tenant))
                .call(indexer::catchUp)
                .invoke(ledger -> claims.opened(tenant))
                .invoke(ledger -> open.put(tenant, ledger));
    }
}
