package io.zeroui.product.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.product.witness.OfferRules.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is offered in whatever order: what is cosigned is one history. */
class OfferRulesTest {

    private static final long LINES = 40;
    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();

    @Test
    void ofManyForksOfferedInAnyOrderWithAnyProofOnlyOneHistoryIsCosigned() throws SignedOffer.Refused {
        Random random = new Random(7);
        int cosigned = 0;
        for (int round = 0; round < 12; round++) {
            List<MemoryLog> logs = new ArrayList<>();
            for (long fork : new long[] {0, 7, 16, 23, LINES}) {
                logs.add(new MemoryLog("acme", "fork" + fork, fork, KEYS).grow(LINES));
            }
            Map<Long, Hash> history = new TreeMap<>();
            @Nullable
            WitnessedLog known = null;
            for (int step = 0; step < 60; step++) {
                MemoryLog log = logs.get(random.nextInt(logs.size()));
                MemoryLog liar = logs.get(random.nextInt(logs.size()));
                long from = known == null || random.nextInt(4) == 0 ? random.nextInt(10) : known.size();
                long to = Math.min(LINES, from + random.nextInt(6));
                CheckpointOffer offer = new CheckpointOffer("acme", "local", log.vkey().format(), from,
                        (random.nextBoolean() ? log : liar).proof(from, to), log.note(to));
                SignedOffer signed = SignedOffer.of(offer, LogOrigin.DEFAULT_PREFIX);
                if (!(OfferRules.decide(signed, known) instanceof Decision.Refused)) {
                    cosigned++;
                    history.put(to, log.root(to));
                    known = known(signed);
                }
            }
            assertThat(logs).as("some log has every root that was cosigned: " + history.keySet())
                    .anyMatch(log -> history.entrySet().stream().allMatch(one -> log.root(one.getKey()).equals(one.getValue())));
            assertThat(new ArrayList<>(history.keySet())).isSorted();
        }
        assertThat(cosigned).as("something was cosigned at all").isGreaterThan(60);
    }

    @Test
    void everyLogThatOnlyGrowsIsCosignedAtEverySize() throws SignedOffer.Refused {
        MemoryLog log = new MemoryLog("acme", "", KEYS).grow(LINES);
        for (long from = 0; from <= 17; from++) {
            SignedOffer first = SignedOffer.of(log.offer(0, from), LogOrigin.DEFAULT_PREFIX);
            for (long to = from; to <= 17; to++) {
                assertThat(OfferRules.decide(first, null)).isInstanceOf(Decision.First.class);
                SignedOffer next = SignedOffer.of(log.offer(from, to), LogOrigin.DEFAULT_PREFIX);
                assertThat(OfferRules.decide(next, known(first))).isInstanceOf(from == to ? Decision.Same.class : Decision.Advance.class);
            }
        }
    }

    @Test
    void aSmallerLogIsAConflictAndAnotherKeyIsRefusedBeforeAnythingElse() throws SignedOffer.Refused {
        MemoryLog log = new MemoryLog("acme", "", KEYS).grow(LINES);
        WitnessedLog known = known(SignedOffer.of(log.offer(0, 20), LogOrigin.DEFAULT_PREFIX));
        assertThat(OfferRules.decide(SignedOffer.of(log.offer(0, 10), LogOrigin.DEFAULT_PREFIX), known))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                    assertThat(refused.refusal()).isEqualTo(WitnessRefusal.CONFLICT);
                    assertThat(refused.knownSize()).isEqualTo(20);
                });
        MemoryLog other = new MemoryLog("acme", "", Ed25519.newKeyPair()).grow(LINES);
        assertThat(OfferRules.decide(SignedOffer.of(other.offer(20, 30), LogOrigin.DEFAULT_PREFIX), known))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(WitnessRefusal.KEY));
    }

    private static WitnessedLog known(SignedOffer offer) {
        return new WitnessedLog(offer.tenant().value(), offer.origin(), offer.logKey().format(), offer.size(),
                AddCheckpoint.base64(offer.checkpoint().rootHash()), Instant.EPOCH, null, null, null);
    }
}
