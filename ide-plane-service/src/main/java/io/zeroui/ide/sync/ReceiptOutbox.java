package io.zeroui.ide.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.TrustStore;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.ide.receipts.ReceiptFiles;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.ide.receipts.quarantine.ReceiptQuarantine;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.outbox.OutboxItem;
import io.zeroui.runtime.outbox.OutboxSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outbox with the lines read from their files. A line whose bytes are gone or changed is not sent: its row is parked,
 * with a quarantine note and a metric, and tried again at the next start.
 */
@ApplicationScoped
public class ReceiptOutbox implements OutboxSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final OutboxStore store;
    private final ReceiptFiles files;
    private final ReceiptWorkers workers;
    private final ReceiptQuarantine quarantine;
    private final TrustStore trust;
    private final MeterRegistry meters;
    private final String edge;
    private final StreamScope scope;

    ReceiptOutbox(OutboxStore store, ReceiptFiles files, ReceiptWorkers workers, ReceiptQuarantine quarantine,
            TrustStore trust, MeterRegistry meters, PlaneConfig plane) {
        this.store = store;
        this.files = files;
        this.workers = workers;
        this.quarantine = quarantine;
        this.trust = trust;
        this.meters = meters;
        this.edge = plane.edge().id();
        this.scope = StreamScope.ofEnrolment(plane.edge().tenant().map(TenantId::of));
    }

    private record Prepared(List<OutboxItem> items, List<OutboxRow> gone) {
    }

    @Override
    public Channel channel() {
        return ChannelCatalogue.IDE_RECEIPTS;
    }

    /** That of the tenant this edge is enrolled for, whoever a receipt names: its login reaches no other. */
    @Override
    public StreamScope scope() {
        return scope;
    }

    @Override
    public Uni<String> epoch() {
        return store.epoch().ifNoItem().after(TIMEOUT).fail();
    }

    @Override
    public Uni<List<OutboxItem>> listAfter(long sequence, int limit) {
        return store.listAfter(sequence, limit)
                .ifNoItem().after(TIMEOUT).fail()
                .chain(rows -> rows.isEmpty() ? Uni.createFrom().item(List.of())
                        : workers.read(() -> prepare(rows)).chain(prepared -> parkGone(prepared.gone())
                                .chain(() -> prepared.items().isEmpty()
                                        ? listAfter(rows.get(rows.size() - 1).sequence(), limit)
                                        : Uni.createFrom().item(prepared.items()))));
    }

    @Override
    public Uni<Integer> drop(List<SequenceRange> ranges) {
        return store.drop(ranges).ifNoItem().after(TIMEOUT).fail();
    }

    @Override
    public Uni<Long> count() {
        return state().map(OutboxState::waiting);
    }

    /** How many rows wait, how many are parked, and the oldest. */
    public Uni<OutboxState> state() {
        return store.state().ifNoItem().after(TIMEOUT).fail();
    }

    private Prepared prepare(List<OutboxRow> rows) throws IOException {
        Map<LinePosition, byte[]> lines = files.readAll(rows.stream().map(OutboxRow::position).toList());
        Prepared prepared = new Prepared(new ArrayList<>(rows.size()), new ArrayList<>());
        for (OutboxRow row : rows) {
            byte @Nullable [] line = lines.get(row.position());
            if (line != null && Hash.of(line).equals(row.hash())) {
                prepared.items().add(new OutboxItem(row.sequence(), event(row, line)));
            } else {
                prepared.gone().add(row);
            }
        }
        return prepared;
    }

    private EventEnvelope event(OutboxRow row, byte[] line) {
        Map<String, String> extensions = new HashMap<>();
        extensions.put(EventEnvelope.EDGE_ID, edge);
        extensions.put(EventEnvelope.REPO_ID, row.repoId().value());
        extensions.put(EventEnvelope.KID, row.kid().value());
        Ed25519PublicKey key = trust.find(row.kid());
        if (key != null) {
            extensions.put(EventEnvelope.EMITTER_KEY, Base64.getEncoder().encodeToString(key.raw()));
        }
        return new EventEnvelope(row.receiptId().value(), "urn:zeroui:edge:" + edge, EventEnvelope.RECEIPT_SUBMITTED,
                row.createdAt(), row.receiptId().value(), row.tenantId(), EventEnvelope.JSON, extensions, line);
    }

    private Uni<Void> parkGone(List<OutboxRow> gone) {
        if (gone.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        meters.counter("zeroui.outbox.parked").increment(gone.size());
        OutboxRow first = gone.get(0);
        String reason = "the bytes at " + first.position() + " are not those of receipt " + first.receiptId();
        return quarantine.note(first.position().file(), "STORED_LINE_GONE",
                reason + "; " + gone.size() + " rows of the outbox are parked")
                .chain(() -> store.park(gone.stream().map(OutboxRow::sequence).toList(), reason));
    }
}
