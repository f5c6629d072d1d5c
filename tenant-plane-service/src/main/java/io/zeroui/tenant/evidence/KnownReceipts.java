package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.EvidenceStore.Key;
import io.zeroui.tenant.evidence.index.UnindexedReceipts;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Tells new receipts from those that their ledger has, and from others that bear the same id. */
@ApplicationScoped
class KnownReceipts {

    /**
     * A batch, sorted.
     *
     * @param fresh new to their ledgers, each id once
     * @param duplicates how many the ledgers have already, or have erased
     * @param conflicts what bears the id of another receipt, or the kid of another key
     */
    record Sorted(List<Candidate> fresh, int duplicates, List<Conflict> conflicts) {

        /** The same where none is to go in. */
        Sorted withoutFresh() {
            return new Sorted(List.of(), duplicates, conflicts);
        }
    }

    /** A candidate that the ledger does not take, and why. */
    record Conflict(Candidate candidate, Refusal refusal) {

        DeadLetter letter() {
            return new DeadLetter(candidate.tenant(), refusal, candidate.arrival().line().bytes(), null,
                    candidate.arrival().origin(), candidate.source());
        }
    }

    private record TenantKid(TenantId tenant, Kid kid) {
    }

    private final UnindexedReceipts unindexed;
    private final EvidenceStore store;
    private final EmitterKeys keys;

    KnownReceipts(UnindexedReceipts unindexed, EvidenceStore store, EmitterKeys keys) {
        this.unindexed = unindexed;
        this.store = store;
        this.keys = keys;
    }

    /**
     * Sorts a batch; of two receipts of one id in it, the first counts. Call it in the lane: nothing may arrive meanwhile.
     *
     * @param keptFrom receipts of before that time are not taken, unless the ledger knows them
     */
    Uni<Sorted> sort(List<Candidate> candidates, Function<TenantId, Instant> keptFrom) {
        Map<Key, Hash> found = new HashMap<>();
        Set<Key> asked = new LinkedHashSet<>();
        for (Candidate candidate : candidates) {
            Key key = key(candidate);
            Hash hash = unindexed.find(key);
            if (hash == null) {
                asked.add(key);
            } else {
                found.put(key, hash);
            }
        }
        return store.findHashes(asked).map(indexed -> {
            found.putAll(indexed);
            return sort(candidates, found, keptFrom);
        });
    }

    /** Makes the keys trusted that edges vouched for, the first of each kid; blocking. */
    Sorted enrolKeys(Sorted sorted) throws IOException {
        Map<TenantKid, Ed25519PublicKey> enrolled = new HashMap<>();
        List<Candidate> fresh = new ArrayList<>(sorted.fresh().size());
        List<Conflict> conflicts = new ArrayList<>(sorted.conflicts());
        for (Candidate candidate : sorted.fresh()) {
            Ed25519PublicKey vouched = candidate.vouched();
            if (vouched == null) {
                fresh.add(candidate);
                continue;
            }
            TenantKid id = new TenantKid(candidate.tenant(), candidate.arrival().line().header().kid());
            Ed25519PublicKey trusted = enrolled.get(id);
            if (trusted == null) {
                trusted = keys.enrol(id.tenant(), id.kid(), vouched);
                enrolled.put(id, trusted);
            }
            if (trusted.equals(vouched)) {
                fresh.add(candidate);
            } else {
                conflicts.add(refuse(candidate, RefusalReason.KID_CONFLICT,
                        "the tenant knows another key as " + id.kid().value()));
            }
        }
        return new Sorted(fresh, sorted.duplicates(), conflicts);
    }

    private static Sorted sort(List<Candidate> candidates, Map<Key, Hash> known, Function<TenantId, Instant> keptFrom) {
        List<Candidate> fresh = new ArrayList<>(candidates.size());
        List<Conflict> conflicts = new ArrayList<>();
        int duplicates = 0;
        for (Candidate candidate : candidates) {
            Hash hash = candidate.arrival().line().hash();
            Hash first = known.get(key(candidate));
            if (first == null && candidate.arrival().line().header().timestampUtc().isBefore(keptFrom.apply(candidate.tenant()))) {
                conflicts.add(refuse(candidate, RefusalReason.RETENTION_PASSED, "the tenant does not keep evidence of that time"));
            } else if (first == null) {
                known.put(key(candidate), hash);
                fresh.add(candidate);
            } else if (first.equals(hash) || first.equals(Hash.ZERO)) { // erased: nothing of it is kept again
                duplicates++;
            } else {
                conflicts.add(refuse(candidate, RefusalReason.CONFLICTING_DUPLICATE,
                        "the ledger has another receipt of this id: " + first));
            }
        }
        return new Sorted(fresh, duplicates, conflicts);
    }

    private static Conflict refuse(Candidate candidate, RefusalReason reason, String detail) {
        return new Conflict(candidate, Refusal.of(reason, detail));
    }

    private static Key key(Candidate candidate) {
        return new Key(candidate.tenant(), candidate.arrival().line().header().id());
    }
}
