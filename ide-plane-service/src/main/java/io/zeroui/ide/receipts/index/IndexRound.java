package io.zeroui.ide.receipts.index;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.ide.receipts.ReceiptEntry;
import io.zeroui.ide.receipts.ReceiptsConfig;
import io.zeroui.ide.receipts.claims.Claim;
import io.zeroui.ide.receipts.claims.ReceiptClaims;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.ide.receipts.index.IndexQueue.Appended;
import io.zeroui.ide.receipts.quarantine.ReceiptQuarantine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's way: which lines are new, which are known, which contradict what is known. Lines whose id is known to
 * be new are not looked up; should the index have one all the same, the whole round is done again with looking up.
 */
final class IndexRound {

    private final ReceiptStore store;
    private final ReceiptClaims claims;
    private final ReceiptQuarantine quarantine;
    private final ReceiptsConfig config;
    private final List<Stretch> stretches;
    private final List<Claim> held = new ArrayList<>();
    private final Map<ReceiptEntry, Refusal> conflicts = new LinkedHashMap<>();

    IndexRound(ReceiptStore store, ReceiptClaims claims, ReceiptQuarantine quarantine, ReceiptsConfig config,
            List<Stretch> stretches) {
        this.store = store;
        this.claims = claims;
        this.quarantine = quarantine;
        this.config = config;
        this.stretches = stretches;
    }

    /** Does the transaction; returns the number of new rows. After a failure nothing has changed. */
    Uni<Integer> run() {
        List<Appended> unsure = new ArrayList<>();
        List<ReceiptEntry> certain = new ArrayList<>();
        for (Stretch stretch : stretches) {
            for (Appended line : stretch.lines()) {
                if (line.isNew()) {
                    certain.add(line.entry());
                } else {
                    unsure.add(line);
                }
            }
        }
        return claimAll()
                .chain(() -> decide(certain, unsure.stream().map(Appended::entry).toList()))
                .onFailure(ReceiptStore::isKnownId).recoverWithUni(() -> decide(List.of(), allEntries()))
                .onFailure().invoke(failure -> held.forEach(claims::release));
    }

    private List<ReceiptEntry> allEntries() {
        return stretches.stream().flatMap(stretch -> stretch.lines().stream()).map(Appended::entry).toList();
    }

    /**
     * Lines of others compete for their ids like everything else. Two lines of this round with one id do not wait for each
     * other: the round would wait for itself; {@link #place} decides between them.
     */
    private Uni<Void> claimAll() {
        List<ReceiptEntry> foreign = stretches.stream().filter(Stretch::fromDisk)
                .flatMap(stretch -> stretch.lines().stream()).map(Appended::entry).toList();
        List<Uni<Void>> contested = new ArrayList<>();
        for (ReceiptEntry entry : foreign) {
            Claim own = claims.propose(entry.id(), entry.hash());
            Claim first = claims.claim(own);
            if (first == own) {
                held.add(own);
            } else if (!held.contains(first) && !first.hash().equals(entry.hash())) {
                contested.add(first.settled().invoke(stored -> contradict(entry, stored)).replaceWithVoid());
            }
        }
        return Multi.createFrom().iterable(contested)
                .onItem().transformToUniAndConcatenate(wait -> wait.ifNoItem().after(config.claimTimeout()).fail())
                .collect().asList()
                .replaceWithVoid();
    }

    private void contradict(ReceiptEntry entry, Optional<StoredReceipt> stored) {
        stored.filter(first -> !first.hash().equals(entry.hash()))
                .ifPresent(first -> conflicts.put(entry, refusal(entry, first)));
    }

    private Uni<Integer> decide(List<ReceiptEntry> certain, List<ReceiptEntry> unsure) {
        if (unsure.isEmpty()) {
            return commit(certain, List.of());
        }
        return store.listStored(unsure.stream().map(ReceiptEntry::id).toList()).chain(known -> {
            Map<ReceiptId, ReceiptEntry> rows = new LinkedHashMap<>();
            certain.forEach(entry -> rows.put(entry.id(), entry));
            List<ReceiptEntry> moves = new ArrayList<>();
            unsure.forEach(entry -> place(entry, known.get(entry.id()), rows, moves));
            return keepConflicts().chain(() -> commit(new ArrayList<>(rows.values()), moves));
        });
    }

    private void place(ReceiptEntry entry, @Nullable StoredReceipt known,
            Map<ReceiptId, ReceiptEntry> rows, List<ReceiptEntry> moves) {
        if (conflicts.containsKey(entry)) {
            return;
        }
        ReceiptEntry other = rows.get(entry.id());
        if (known != null) {
            if (known.hash().equals(entry.hash())) {
                moves.add(entry);
            } else {
                conflicts.put(entry, refusal(entry, known));
            }
        } else if (other == null) {
            rows.put(entry.id(), entry);
        } else if (!other.hash().equals(entry.hash())) {
            conflicts.put(entry, refusal(entry, StoredReceipt.of(other)));
        } else if (entry.position().compareTo(other.position()) < 0) {
            rows.put(entry.id(), entry);
        }
    }

    private Uni<Void> keepConflicts() {
        return conflicts.isEmpty() ? Uni.createFrom().voidItem() : quarantine.keepStored(Map.copyOf(conflicts));
    }

    private Uni<Integer> commit(List<ReceiptEntry> rows, List<ReceiptEntry> moves) {
        SortedMap<String, Long> watermarks = new TreeMap<>();
        stretches.forEach(stretch -> watermarks.merge(stretch.file(), stretch.end(), Math::max));
        Map<ReceiptId, ReceiptEntry> byId = new HashMap<>();
        return store.index(new IndexChange(rows, moves, watermarks))
                .ifNoItem().after(config.indexTimeout()).fail()
                .invoke(() -> {
                    rows.forEach(row -> byId.put(row.id(), row));
                    moves.forEach(row -> byId.put(row.id(), row));
                    settle(byId);
                })
                .replaceWith(rows.size());
    }

    private void settle(Map<ReceiptId, ReceiptEntry> indexed) {
        for (Claim claim : held) {
            ReceiptEntry entry = indexed.get(claim.id());
            if (entry != null && entry.hash().equals(claim.hash())) {
                claims.indexed(claim, StoredReceipt.of(entry));
            } else {
                claims.release(claim); // a conflict: whoever waits asks the index, which has the other
            }
        }
        allEntries().forEach(entry -> claims.passed(entry.id(), entry.position()));
    }

    private static Refusal refusal(ReceiptEntry entry, StoredReceipt first) {
        return new Refusal(RefusalReason.CONFLICTING_DUPLICATE, "another receipt " + entry.id() + " with hash "
                + first.hash() + " is stored at " + first.position(), "/receipt_id");
    }
}
