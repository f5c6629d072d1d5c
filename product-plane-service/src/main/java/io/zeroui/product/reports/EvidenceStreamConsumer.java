package io.zeroui.product.reports;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.EvidenceIndexed;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.outbox.DeliveryAcks;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Counts the evidence that the tenant plane publishes and then, after the commit, tells it so. An event that cannot be
 * counted is dead-lettered and acknowledged as well: sending it again would not mend it.
 */
@ApplicationScoped
class EvidenceStreamConsumer {

    private static final Logger LOG = Logger.getLogger(EvidenceStreamConsumer.class);
    private static final String SENDER = Plane.TENANT.key();

    private final ReceiptCounts counts;
    private final DeliveryAcks acks;
    private final ReportsConfig config;

    EvidenceStreamConsumer(ReceiptCounts counts, DeliveryAcks acks, ReportsConfig config) {
        this.counts = counts;
        this.acks = acks;
        this.config = config;
    }

    @Incoming("tenant-evidence")
    Uni<Void> consume(StreamBatch batch) {
        List<CountedReceipt> receipts = new ArrayList<>();
        List<Delivered> delivered = new ArrayList<>();
        int refused = 0;
        for (StreamEntry entry : batch.entries()) {
            try {
                receipts.addAll(read(entry.event()));
            } catch (IllegalArgumentException e) {
                refused++;
                LOG.warnf("evidence event %s goes to the dead letters: %s", entry.id(), e.getMessage());
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
            deliver(batch, entry, delivered);
        }
        counts.refused(refused);
        return counts.apply(receipts)
                .chain(counted -> acks.publish(ChannelCatalogue.PRODUCT_EVIDENCE_ACKS, null, delivered));
    }

    private void deliver(StreamBatch batch, StreamEntry entry, List<Delivered> delivered) {
        try {
            delivered.add(Delivered.of(SENDER, entry.event()));
        } catch (IllegalArgumentException e) {
            LOG.warnf("evidence event %s cannot be acknowledged to its sender: %s", entry.id(), e.getMessage());
            batch.deadLetter(entry, "no place in an outbox: " + e.getMessage());
        }
    }

    private List<CountedReceipt> read(EventEnvelope event) {
        if (!EventEnvelope.EVIDENCE_INDEXED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        if (event.data().length > config.eventBytes()) {
            throw new InvalidEvent("payload of " + event.data().length + " bytes is larger than "
                    + config.eventBytes());
        }
        EvidenceIndexed evidence = EventJson.read(event.data(), EvidenceIndexed.class);
        TenantId tenant = TenantId.of(String.valueOf(evidence.tenantId()));
        if (event.tenantId() != null && !event.tenantId().equals(tenant)) {
            throw new InvalidEvent("the envelope is of tenant " + event.tenantId() + ", its data of " + tenant);
        }
        if (evidence.items().size() > config.eventItems()) {
            throw new InvalidEvent(evidence.items().size() + " items are more than " + config.eventItems());
        }
        return evidence.items().stream().map(item -> CountedReceipt.of(tenant, item)).toList();
    }
}
