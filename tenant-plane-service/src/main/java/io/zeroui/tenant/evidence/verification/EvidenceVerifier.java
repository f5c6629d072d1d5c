package io.zeroui.tenant.evidence.verification;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.claims.PolicyClaim;
import io.zeroui.contracts.policy.claims.PolicyHistory;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptRefused;
import io.zeroui.tenant.evidence.chain.ChainLink;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import io.zeroui.tenant.evidence.index.SignatureStatus;
import io.zeroui.tenant.evidence.index.SignatureVerdict;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.policy.history.PolicyHistories;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Checks one receipt of the ledger from the bytes in its file. */
@ApplicationScoped
public class EvidenceVerifier {

    private static final Logger LOG = Logger.getLogger(EvidenceVerifier.class);

    private final EvidenceStore store;
    private final LedgerFiles files;
    private final PolicyHistories histories;
    private final EvidenceWorkers workers;
    private final Clock clock;

    EvidenceVerifier(EvidenceStore store, LedgerFiles files, PolicyHistories histories, EvidenceWorkers workers, Clock clock) {
        this.histories = histories;
        this.store = store;
        this.files = files;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * The verdict; a receipt that does not hold is an answer, not a failure.
     *
     * @param bytes what lies at the receipt's place in its file
     */
    public Uni<VerificationAnswer> verify(IndexedReceipt row, byte[] bytes) {
        TenantId tenant = TenantId.of(row.tenantId());
        return predecessor(tenant, row.link()).chain(before -> workers.read(() -> verdict(row, bytes, before)));
    }

    private Uni<Optional<ChainLink>> predecessor(TenantId tenant, ChainLink link) {
        return link.position() == 1 ? Uni.createFrom().item(Optional.empty()) : store.findPredecessor(tenant, link);
    }

    /**
     * The verdict; computes, and may read the tenant's history of policies.
     *
     * @param before the link before the receipt's in its chain; empty where there is none
     */
    VerificationAnswer verdict(IndexedReceipt row, byte[] bytes, Optional<ChainLink> before) {
        SignatureVerdict signature = files.signature(TenantId.of(row.tenantId()), bytes, row.receivedAt());
        Hash actual = Hash.of(bytes);
        boolean hashValid = actual.equals(row.link().hash());
        boolean signatureValid = signature.status() == SignatureStatus.VERIFIED;
        boolean chainValid = isChainValid(row.link(), actual, before);
        return new VerificationAnswer(row.receiptId(), row.tenantId(), hashValid && signatureValid && chainValid,
                hashValid, signatureValid, signature.status().key(), signature.reason(), chainValid, row.link().chain().value(),
                row.link().position(), row.ledgerSequence(), clock.instant(), standing(row, bytes));
    }

    private @Nullable String standing(IndexedReceipt row, byte[] bytes) {
        try {
            ReceiptHeader receipt = ReceiptHeader.read(StrictJson.parseObject(bytes, JsonLimits.RECEIPT));
            return history(TenantId.of(row.tenantId())).judge(PolicyClaim.of(receipt, row.edgeId())).key();
        } catch (InvalidJson | ReceiptRefused e) {
            return null;
        }
    }

    /** One that cannot be read keeps nobody from verifying the rest: claims are judged by what of it is in memory, which may be nothing. */
    private PolicyHistory history(TenantId tenant) {
        try {
            return histories.of(tenant).open();
        } catch (IOException e) {
            LOG.warnf("policies that receipts of %s name are judged without its history of releases, which cannot be read: %s", tenant, e.getMessage());
            return histories.of(tenant).present();
        }
    }

    private static boolean isChainValid(ChainLink link, Hash actual, Optional<ChainLink> before) {
        if (!link.hash().equals(actual)) {
            return false;
        }
        return link.position() == 1 ? link.isValidFirst() : before.map(link::isValidAfter).orElse(false);
    }
}
