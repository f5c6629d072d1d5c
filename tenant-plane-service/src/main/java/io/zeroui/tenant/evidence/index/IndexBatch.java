package io.zeroui.tenant.evidence.index;

import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.EvidenceIndexed;
import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.policy.claims.PolicyClaim;
import io.zeroui.contracts.policy.claims.PolicyHistory;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.chain.ChainLink;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a batch of ledger lines becomes, given the heads of their chains and what the tenant's edges could have. No I/O.
 *
 * @param rows for {@code app.receipts_index}
 * @param receipts the lines of these rows, whose words go into {@code app.receipt_words}
 * @param heads the chains' heads after it
 * @param events payloads for {@code app.outbox}
 * @param erased for {@code app.erased_receipts}
 * @param acts to be noted and carried out, in this order
 */
record IndexBatch(List<IndexedReceipt> rows, List<LedgerLine.Receipt> receipts, List<ChainLink> heads, List<String> events,
        List<ErasedRow> erased, List<LedgerLine.Act> acts) {

    /** Most receipts in one event. */
    private static final int EVENT_ITEMS = 500;

    /** What is left of a receipt, with its place in its chain. */
    record ErasedRow(ErasedEntry entry, ChainLink link) {
    }

    static IndexBatch of(TenantId tenant, Region region, ZuRoot root, List<LedgerLine> lines,
            Map<ChainId, ChainLink> headsBefore, PolicyHistory history) {
        Map<ChainId, ChainLink> heads = new HashMap<>();
        List<IndexedReceipt> rows = new ArrayList<>(lines.size());
        List<LedgerLine.Receipt> receipts = new ArrayList<>(lines.size());
        List<EvidenceItem> items = new ArrayList<>(lines.size());
        List<ErasedRow> erased = new ArrayList<>();
        List<LedgerLine.Act> acts = new ArrayList<>();
        for (LedgerLine line : lines) {
            if (line instanceof LedgerLine.Receipt receipt) {
                ChainLink link = link(chain(tenant, line), receipt.entry().hash(), receipt.entry().committed(), heads, headsBefore);
                rows.add(row(tenant, region, root, receipt, link, history));
                receipts.add(receipt);
                items.add(item(receipt));
            } else if (line instanceof LedgerLine.Erased gone) {
                erased.add(new ErasedRow(gone.entry(),
                        link(gone.chain(), Hash.ZERO, gone.entry().committed(), heads, headsBefore)));
            } else if (line instanceof LedgerLine.Act act) {
                acts.add(act);
            }
        }
        return new IndexBatch(rows, receipts, List.copyOf(heads.values()), events(tenant, region, items), erased, acts);
    }

    /** The chain of a line; null where it is in none. */
    static @Nullable ChainId chain(TenantId tenant, LedgerLine line) {
        if (line instanceof LedgerLine.Receipt receipt) {
            return ChainId.of(tenant, receipt.header());
        }
        return line instanceof LedgerLine.Erased erased ? erased.chain() : null;
    }

    private static ChainLink link(@Nullable ChainId chain, Hash hash, Hash commitment, Map<ChainId, ChainLink> heads,
            Map<ChainId, ChainLink> headsBefore) {
        ChainId id = Objects.requireNonNull(chain);
        ChainLink head = heads.getOrDefault(id, headsBefore.get(id));
        ChainLink link = head == null ? ChainLink.first(id, hash, commitment) : head.next(hash, commitment);
        heads.put(id, link);
        return link;
    }

    private static IndexedReceipt row(TenantId tenant, Region region, ZuRoot root, LedgerLine.Receipt line,
            ChainLink link, PolicyHistory history) {
        JournalEntry entry = line.entry();
        ReceiptHeader header = line.header();
        String file = root.relative(root.evidenceData(tenant, region, entry.repoId(), entry.day()));
        var origin = entry.origin();
        String edge = origin == null ? null : origin.edge();
        return new IndexedReceipt(tenant.value(), entry.receiptId().value(), entry.sequence(), header.kind().key(),
                header.repoId().value(), header.gateId(), header.status() == null ? null : header.status().key(),
                header.evaluationPoint().key(), header.severity(), header.plane(), header.environment(),
                header.emitterService(), header.degraded(), header.timestampUtc(), entry.receivedAt(),
                header.kid().value(), link, file, entry.offset(), entry.length(), line.signature().status().key(),
                edge, header.moduleId(), header.actorType(),
                header.parentId() == null ? null : header.parentId().value(), header.policyVersionIds(),
                line.signature().reason(), line.signature().checkedAt(), header.snapshotHash(),
                history.judge(PolicyClaim.of(header, edge)).key());
    }

    private static EvidenceItem item(LedgerLine.Receipt line) {
        ReceiptHeader header = line.header();
        LocalDate day = LocalDate.ofInstant(header.timestampUtc(), ZoneOffset.UTC);
        return new EvidenceItem(line.sequence(), header.id().value(), header.kind().key(), header.repoId().value(),
                header.gateId(), header.status() == null ? null : header.status().key(), header.severity(),
                day.toString(), header.evaluationPoint().key(), header.environment(), header.degraded(),
                line.entry().hash().hex(), EvidenceItem.policies(header.policyVersionIds()), header.overridden());
    }

    private static List<String> events(TenantId tenant, Region region, List<EvidenceItem> items) {
        List<String> events = new ArrayList<>();
        for (int from = 0; from < items.size(); from += EVENT_ITEMS) {
            List<EvidenceItem> some = items.subList(from, Math.min(items.size(), from + EVENT_ITEMS));
            byte[] json = EventJson.write(new EvidenceIndexed(tenant.value(), region.value(), some));
            events.add(new String(json, StandardCharsets.UTF_8));
        }
        return events;
    }
}
