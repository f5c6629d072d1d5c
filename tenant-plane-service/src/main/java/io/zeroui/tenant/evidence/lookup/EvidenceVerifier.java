package io.zeroui.tenant.evidence.lookup;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.chain.ChainLink;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import io.zeroui.tenant.evidence.index.SignatureStatus;
import io.zeroui.tenant.evidence.index.SignatureVerdict;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Checks one receipt of the ledger from the bytes in its file. */
@ApplicationScoped
class EvidenceVerifier {

    private final EvidenceStore store;
    private final LedgerFiles files;
    private final EvidenceWorkers workers;
    private final Clock clock;

    EvidenceVerifier(EvidenceStore store, LedgerFiles files, EvidenceWorkers workers, Clock clock) {
        this.store = store;
        this.files = files;
        this.workers = workers;
        this.clock = clock;
    }

    /** The verdict; a receipt that does not hold is an answer, not a failure. */
    Uni<VerificationAnswer> verify(StoredReceipt stored) {
        IndexedReceipt row = stored.index();
        TenantId tenant = TenantId.of(row.tenantId());
        return predecessor(tenant, row.link())
                .chain(before -> workers.read(() -> verdict(stored, tenant, before)));
    }

    private Uni<Optional<ChainLink>> predecessor(TenantId tenant, ChainLink link) {
        return link.position() == 1 ? Uni.createFrom().item(Optional.empty()) : store.findPredecessor(tenant, link);
    }

    private VerificationAnswer verdict(StoredReceipt stored, TenantId tenant, Optional<ChainLink> before) {
        IndexedReceipt row = stored.index();
        SignatureVerdict signature = files.signature(tenant, stored.bytes(), row.receivedAt());
        boolean hashValid = stored.isHashValid();
        boolean signatureValid = signature.status() == SignatureStatus.VERIFIED;
        boolean chainValid = isChainValid(row.link(), Hash.of(stored.bytes()), before);
        return new VerificationAnswer(row.receiptId(), row.tenantId(), hashValid && signatureValid && chainValid,
                hashValid, signatureValid, signature.status().key(), signature.reason(), chainValid, row.link().chain().value(),
                row.link().position(), row.ledgerSequence(), clock.instant());
    }

    private static boolean isChainValid(ChainLink link, Hash actual, Optional<ChainLink> before) {
        if (!link.hash().equals(actual)) {
            return false;
        }
        return link.position() == 1 ? link.isValidFirst() : before.map(link::isValidAfter).orElse(false);
    }
}
