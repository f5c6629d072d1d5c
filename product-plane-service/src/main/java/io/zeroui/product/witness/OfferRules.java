package io.zeroui.product.witness;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.WitnessRefusal;
import org.jspecify.annotations.Nullable;

/** Which offers are cosigned (https://c2sp.org/tlog-witness): those that begin at what is known, and go on from it. */
final class OfferRules {

    private OfferRules() {
    }

    /** What is done with an offer. */
    sealed interface Decision {

        /** The log was not known; now it is, and its key with it. */
        record First() implements Decision {
        }

        /** The log goes on. */
        record Advance() implements Decision {
        }

        /** The checkpoint is the one that is known. */
        record Same() implements Decision {
        }

        /** There is no cosignature. */
        record Refused(WitnessRefusal refusal, long knownSize, String detail) implements Decision {
        }
    }

    /** The decision, of which nothing depends on the clock or on earlier answers. */
    static Decision decide(SignedOffer offer, @Nullable WitnessedLog known) {
        if (known == null) {
            return offer.oldSize() == 0 ? proved(offer, 0, MerkleTree.EMPTY_ROOT, new Decision.First())
                    : new Decision.Refused(WitnessRefusal.CONFLICT, 0, "the log is not known yet");
        }
        if (!known.logKey().equals(offer.logKey().format())) {
            return new Decision.Refused(WitnessRefusal.KEY, known.size(),
                    "the log's key is " + known.logKey() + "; an operator must accept " + offer.logKey());
        }
        if (offer.oldSize() != known.size()) {
            return new Decision.Refused(WitnessRefusal.CONFLICT, known.size(), "the log is known up to " + known.size());
        }
        Hash root = AddCheckpoint.hash(known.rootHash());
        if (offer.size() == known.size()) {
            return root.equals(offer.checkpoint().rootHash()) && offer.proof().isEmpty() ? new Decision.Same()
                    : new Decision.Refused(WitnessRefusal.FORK, known.size(), "of this size the log had the root " + known.rootHash());
        }
        return proved(offer, known.size(), root, new Decision.Advance());
    }

    private static Decision proved(SignedOffer offer, long from, Hash fromRoot, Decision decision) {
        try {
            MerkleTree.verifyConsistency(from, fromRoot, offer.size(), offer.checkpoint().rootHash(), offer.proof());
            return decision;
        } catch (NotVerified e) {
            return new Decision.Refused(WitnessRefusal.INCONSISTENT, from, e.reason());
        }
    }
}
