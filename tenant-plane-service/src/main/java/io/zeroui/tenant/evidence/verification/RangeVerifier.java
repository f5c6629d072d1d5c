package io.zeroui.tenant.evidence.verification;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.chain.ChainLink;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import io.zeroui.tenant.evidence.requests.PageCursor;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks many receipts, a page at a time, on the workers in small parts so that nobody else waits long behind it. */
@ApplicationScoped
class RangeVerifier {

    private static final int PART = 32;

    private final RangeStore store;
    private final EvidenceVerifier verifier;
    private final LedgerFiles files;
    private final EvidenceWorkers workers;

    RangeVerifier(RangeStore store, EvidenceVerifier verifier, LedgerFiles files, EvidenceWorkers workers) {
        this.store = store;
        this.verifier = verifier;
        this.files = files;
        this.workers = workers;
    }

    private record Place(ChainId chain, long position) {

        static Place of(ChainLink link) {
            return new Place(link.chain(), link.position());
        }

        Place before() {
            return new Place(chain, position - 1);
        }
    }

    /** The verdicts on a page. */
    Uni<RangeAnswer> verify(TenantId tenant, RangeRequest range) {
        return range.receipts().isEmpty() ? verifyTime(tenant, range) : verifyNamed(tenant, range);
    }

    private Uni<RangeAnswer> verifyTime(TenantId tenant, RangeRequest range) {
        return store.list(tenant, range, range.limit() + 1).chain(found -> {
            boolean more = found.rows().size() > range.limit();
            List<IndexedReceipt> rows = more ? found.rows().subList(0, range.limit()) : found.rows();
            String next = more ? cursor(tenant, range, found.pin(), rows.get(rows.size() - 1)) : null;
            return verdicts(tenant, rows).map(items -> RangeAnswer.of(items, List.of(), next));
        });
    }

    private Uni<RangeAnswer> verifyNamed(TenantId tenant, RangeRequest range) {
        return store.list(tenant, range.receipts()).chain(rows -> {
            Set<String> there = new HashSet<>();
            rows.forEach(row -> there.add(row.receiptId()));
            List<String> missing = range.receipts().stream().map(id -> id.value()).filter(id -> !there.contains(id)).toList();
            return verdicts(tenant, rows).map(items -> RangeAnswer.of(items, missing, null));
        });
    }

    private static String cursor(TenantId tenant, RangeRequest range, long pin, IndexedReceipt last) {
        return PageCursor.at(pin, last.timestampUtc(), last.ledgerSequence()).format(tenant, range.search());
    }

    private Uni<List<VerificationAnswer>> verdicts(TenantId tenant, List<IndexedReceipt> rows) {
        Map<Place, ChainLink> links = new HashMap<>();
        rows.forEach(row -> links.put(Place.of(row.link()), row.link()));
        List<ChainLink> open = rows.stream().map(IndexedReceipt::link)
                .filter(link -> link.position() > 1 && !links.containsKey(Place.of(link).before())).toList();
        return store.predecessors(tenant, open)
                .invoke(found -> found.forEach(link -> links.put(Place.of(link), link)))
                .chain(() -> inParts(rows, links));
    }

    private Uni<List<VerificationAnswer>> inParts(List<IndexedReceipt> rows, Map<Place, ChainLink> links) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Uni<List<VerificationAnswer>>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += PART) {
            List<IndexedReceipt> some = rows.subList(from, Math.min(rows.size(), from + PART));
            parts.add(workers.read(() -> part(some, links)));
        }
        return Uni.join().all(parts).usingConcurrencyOf(2).andFailFast()
                .map(found -> found.stream().flatMap(List::stream).toList());
    }

    private List<VerificationAnswer> part(List<IndexedReceipt> rows, Map<Place, ChainLink> links) throws IOException {
        List<VerificationAnswer> verdicts = new ArrayList<>(rows.size());
        for (IndexedReceipt row : rows) {
            byte[] bytes = files.bytes(row.file(), row.fileOffset(), row.lineLength());
            if (ErasedLine.read(bytes).isEmpty()) { // its row goes in a moment
                verdicts.add(verifier.verdict(row, bytes, Optional.ofNullable(links.get(Place.of(row.link()).before()))));
            }
        }
        return verdicts;
    }
}
