package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.index.EvidenceIndexer;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The way by which something is done to a ledger beside adding receipts to it. */
@ApplicationScoped
public class LedgerActs {

    /** While an index does not follow, no ledger takes receipts: the wait is short. */
    private static final Duration INDEX_TIMEOUT = Duration.ofSeconds(10);

    private final LedgerStart start;
    private final EvidenceLedger ledger;
    private final EvidenceIndexer indexer;
    private final RegistryMirror registry;

    LedgerActs(LedgerStart start, EvidenceLedger ledger, EvidenceIndexer indexer, RegistryMirror registry) {
        this.start = start;
        this.ledger = ledger;
        this.indexer = indexer;
        this.registry = registry;
    }

    /**
     * Runs work on a tenant's ledger while nobody appends to any; its index has everything that the ledger has.
     *
     * @return fails as the work; with a {@link ProblemException} 404 where nobody knows the tenant, 503 while the ledgers are
     *         being recovered or the index does not follow
     */
    public <T> Uni<T> exclusively(TenantId tenant, Function<OpenLedger, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (!start.isRecovered()) {
                return Uni.createFrom().failure(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "the ledgers are being recovered; try again"));
            }
            if (!registry.known().tenants().containsKey(tenant)) {
                return Uni.createFrom().failure(new ProblemException(ErrorCode.RESOURCE_NOT_FOUND,
                        "the registry has no tenant " + tenant));
            }
            return ledger.exclusively(tenant, open -> indexed(tenant).chain(() -> work.apply(open)));
        });
    }

    /** Says in the journal what is done; durable when it completes. To be called by the work of {@link #exclusively}. */
    public Uni<List<JournalLine>> say(OpenLedger open, List<LedgerAct> acts) {
        return ledger.say(open, acts);
    }

    /** Whether the ledgers are recovered: before that nothing can be done with them. */
    public boolean isRecovered() {
        return start.isRecovered();
    }

    /**
     * Completes when the tenant's ledger is open, so that nothing which was begun in it is unfinished, and its index has what it
     * has now. Nobody waits for it.
     *
     * @return fails with {@link io.zeroui.runtime.streams.TransientFailure} where that takes longer than {@code patience}
     */
    public Uni<Void> openAndIndexed(TenantId tenant, Duration patience) {
        return ledger.open(List.of(tenant)).chain(() -> indexer.whenIndexedSoFar(tenant, patience));
    }

    /** Completes when the index has what the ledger has now; fails with 503 when that takes too long. */
    public Uni<Void> indexed(TenantId tenant) {
        return indexer.whenIndexed(tenant).ifNoItem().after(INDEX_TIMEOUT)
                .failWith(() -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "the ledger's index does not follow its files now; try again"));
    }
}
