package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptRefused;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.outbox.DeliveryAcks;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.Screened.Refused;
import io.zeroui.tenant.evidence.Screened.Unroutable;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.standing.KeyNews;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes receipts from the edges into the ledger. An edge is told that a receipt is safe after the ledger, or the
 * dead-letter folder, has it on disk; only then is the stream entry acknowledged.
 */
@ApplicationScoped
class ReceiptStreamConsumer {

    private static final Set<RefusalReason> KEY_REASONS = EnumSet.of(RefusalReason.KID_REVOKED, RefusalReason.KID_EXPIRED,
            RefusalReason.KID_NOT_YET_VALID, RefusalReason.KID_SWAPPED);

    private final LedgerStart start;
    private final TenantAdmission admission;
    private final ReceiptScreening screening;
    private final EvidenceLedger ledger;
    private final DeliveryAcks acks;
    private final KeyNews keyNews;

    ReceiptStreamConsumer(LedgerStart start, TenantAdmission admission, ReceiptScreening screening, EvidenceLedger ledger,
            DeliveryAcks acks, KeyNews keyNews) {
        this.start = start;
        this.admission = admission;
        this.screening = screening;
        this.ledger = ledger;
        this.acks = acks;
        this.keyNews = keyNews;
    }

    /** Handles a batch; waits until the ledgers are recovered. */
    @Incoming("ide-receipts")
    Uni<Void> consume(StreamBatch batch) {
        return start.whenRecovered()
                .chain(() -> admission.admit(batch.entries()))
                .chain(by -> screening.screen(by.admitted())
                        .chain(screened -> settle(batch, screened, by.refused())
                                .chain(() -> tellOfKeys(by.admitted(), screened)))
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
        return ledger.settle(candidates, refused).replaceWithVoid();
    }

    /** An edge that sends what a revoked or ended key signed has not heard of that. */
    private Uni<Void> tellOfKeys(List<StreamEntry> entries, List<Screened> screened) {
        Map<StreamScope, Map<TenantId, Set<Kid>>> news = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            StreamEntry entry = entries.get(i);
            TenantId tenant = entry.event().tenantId();
            Delivered origin = tenant == null ? null : ReceiptScreening.origin(entry.event());
            if (tenant == null || origin == null) {
                continue;
            }
            StreamScope edge = entry.requireScope().of(EdgeId.of(origin.sender()));
            keyNews.seen(edge, tenant);
            if (screened.get(i) instanceof Refused dead && KEY_REASONS.contains(dead.letter().refusal().reason())) {
                kid(dead.letter().bytes()).ifPresent(kid -> news.computeIfAbsent(edge, one -> new LinkedHashMap<>())
                        .computeIfAbsent(tenant, one -> new LinkedHashSet<>()).add(kid));
            }
        }
        return Multi.createFrom().iterable(news.entrySet())
                .onItem().transformToUniAndConcatenate(of -> Multi.createFrom().iterable(of.getValue().entrySet())
                        .onItem().transformToUniAndConcatenate(kids -> keyNews.tell(of.getKey(), kids.getKey(), kids.getValue()))
                        .collect().last())
                .collect().last()
                .replaceWithVoid();
    }

    private static Optional<Kid> kid(byte[] line) {
        try {
            return Optional.of(ReceiptHeader.read(StrictJson.parseObject(line, JsonLimits.RECEIPT)).kid());
        } catch (InvalidJson | ReceiptRefused e) {
            return Optional.empty();
        }
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
