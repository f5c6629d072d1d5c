package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.ChannelCatalogue;
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
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes receipts from the edges into the ledger. An edge is told that a receipt is safe after the ledger, or the
 * dead-letter folder, has it on disk; only then is the stream entry acknowledged.
 */
@ApplicationScoped
class ReceiptStreamConsumer {

    private final LedgerStart start;
    private final ReceiptScreening screening;
    private final EvidenceLedger ledger;
    private final DeliveryAcks acks;

    ReceiptStreamConsumer(LedgerStart start, ReceiptScreening screening, EvidenceLedger ledger, DeliveryAcks acks) {
        this.start = start;
        this.screening = screening;
        this.ledger = ledger;
        this.acks = acks;
    }

    /** Handles a batch; waits until the ledgers are recovered. */
    @Incoming("ide-receipts")
    Uni<Void> consume(StreamBatch batch) {
        return start.whenRecovered()
                .chain(() -> screening.screen(batch.entries()))
                .chain(screened -> settle(batch, screened))
                .chain(() -> acks.publish(ChannelCatalogue.TENANT_RECEIPT_ACKS, delivered(batch.entries())));
    }

    private Uni<Void> settle(StreamBatch batch, List<Screened> screened) {
        List<Candidate> candidates = new ArrayList<>(screened.size());
        List<DeadLetter> refused = new ArrayList<>();
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

    private static List<Delivered> delivered(List<StreamEntry> entries) {
        return entries.stream().map(entry -> ReceiptScreening.origin(entry.event())).filter(Objects::nonNull).toList();
    }
}
