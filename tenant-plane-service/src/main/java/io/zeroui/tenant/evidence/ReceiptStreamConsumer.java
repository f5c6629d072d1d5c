package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.runtime.outbox.DeliveryAcks;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.Screened.Refused;
import io.zeroui.tenant.evidence.Screened.Unroutable;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes receipts from the edges into the ledger. An edge is told that a receipt is safe after the ledger, or the
 * dead-letter folder, has it on disk; only then is the stream entry acknowledged.
 */
@ApplicationScoped
class ReceiptStreamConsumer {

    private final LedgerStart start;
    private final TenantAdmission admission;
    private final ReceiptScreening screening;
    private final EvidenceLedger ledger;
    private final DeliveryAcks acks;

    ReceiptStreamConsumer(LedgerStart start, TenantAdmission admission, ReceiptScreening screening, EvidenceLedger ledger,
            DeliveryAcks acks) {
        this.start = start;
        this.admission = admission;
        this.screening = screening;
        this.ledger = ledger;
        this.acks = acks;
    }

    /** Handles a batch; waits until the ledgers are recovered. */
    @Incoming("ide-receipts")
    Uni<Void> consume(StreamBatch batch) {
        return start.whenRecovered()
                .chain(() -> admission.admit(batch.entries()))
                .chain(by -> screening.screen(by.admitted())
                        .chain(screened -> settle(batch, screened, by.refused()))
                        .invoke(() -> by.held().forEach(entry -> holdBack(batch, entry)))
                        .chain(() -> acknowledge(batch.entries(), by.held())));
    }

    /** What no edge would send again must be kept here. */
    private static void holdBack(StreamBatch batch, StreamEntry entry) {
        if (ReceiptScreening.origin(entry.event()) == null) {
            batch.deadLetter(entry, "the registry of tenants or the tenant's database does not answer, and no edge would send this again");
        }
    }

    private Uni<Void> settle(StreamBatch batch, List<Screened> screened, List<DeadLetter> notAdmitted) {
        List<Candidate> candidates = new ArrayList<>(screened.size());
        List<DeadLetter> refused = new ArrayList<>(notAdmitted);
        for (Screened one : screened) {
            if (one instanceof Candidate candidate) {
                candidates.add(candidate);
            } else if (one instanceof Refused dead) {
                refused.add(dead.letter());
            } else if (one instanceof Unroutable unroutable) {
                batch.deadLetter(unroutable.entry(), unroutable.reason());
            }
        }
        return ledger.settle(candidates, refused);
    }

    /** Tells each edge by the stream that belongs to the one it sent on. */
    private Uni<Void> acknowledge(List<StreamEntry> entries, List<StreamEntry> held) {
        Set<StreamEntry> without = Collections.newSetFromMap(new IdentityHashMap<>());
        without.addAll(held);
        Map<StreamScope, List<Delivered>> byStream = new LinkedHashMap<>();
        for (StreamEntry entry : entries) {
            Delivered origin = without.contains(entry) ? null : ReceiptScreening.origin(entry.event());
            if (origin != null) {
                byStream.computeIfAbsent(entry.requireScope(), stream -> new ArrayList<>()).add(origin);
            }
        }
        return Multi.createFrom().iterable(byStream.entrySet())
                .onItem().transformToUniAndConcatenate(
                        of -> acks.publish(ChannelCatalogue.TENANT_RECEIPT_ACKS, of.getKey(), of.getValue()))
                .collect().last()
                .replaceWithVoid();
    }
}
