package io.zeroui.contracts.policy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed.Approved;
import io.zeroui.contracts.policy.lifecycle.Deed.Drafted;
import io.zeroui.contracts.policy.lifecycle.Deed.Halted;
import io.zeroui.contracts.policy.lifecycle.Deed.Killed;
import io.zeroui.contracts.policy.lifecycle.Deed.Promoted;
import io.zeroui.contracts.policy.lifecycle.Deed.Rejected;
import io.zeroui.contracts.policy.lifecycle.Deed.Released;
import io.zeroui.contracts.policy.lifecycle.Deed.Revoked;
import io.zeroui.contracts.policy.lifecycle.Deed.Submitted;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which acts are allowed, and what they come to; against a second, slow set of the rules too. */
class PolicyBookTest {

    private static final int SEQUENCES = 10_000;
    private static final int ACTS = 40;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PolicyVersion ONE = new PolicyVersion("gate", "1");
    private static final PolicyVersion TWO = new PolicyVersion("gate", "2");
    private static final PolicyLabels LABELS = new PolicyLabels("gate", "org", Enforcement.WARN);

    private final PolicyBook book = new PolicyBook();

    @Test
    void randomHistoriesComeToTheSameAsBySlowRules() {
        Map<PolicyRefusal, Integer> refused = new EnumMap<>(PolicyRefusal.class);
        int done = 0;
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            Random random = new Random(sequence);
            PolicyBook fast = new PolicyBook();
            SlowBook slow = new SlowBook();
            for (int i = 0; i < ACTS; i++) {
                PolicyAct act = random(random, slow.acts.size() + (random.nextInt(50) == 0 ? 2 : 1));
                Optional<PolicyRefusal> wanted = slow.act(act);
                assertThat(refusal(fast, act)).as("sequence %d: %s", sequence, act).isEqualTo(wanted);
                wanted.ifPresent(reason -> refused.merge(reason, 1, Integer::sum));
                done += wanted.isEmpty() ? 1 : 0;
            }
            same(fast, slow, sequence);
        }
        assertThat(refused.keySet()).hasSize(PolicyRefusal.values().length - 1).doesNotContain(PolicyRefusal.TOO_MANY_VERSIONS);
        assertThat(done).isGreaterThan(SEQUENCES * 5);
    }

    private static void same(PolicyBook fast, SlowBook slow, int sequence) {
        PolicyBook again = new PolicyBook();
        for (PolicyAct act : slow.acts) {
            assertThat(refusal(again, PolicyActCodec.read(PolicyActCodec.write(act)))).isEmpty();
        }
        for (PolicyVersion id : ids()) {
            String state = slow.state(id);
            assertThat(fast.find(id).map(entry -> entry.state().key()).orElse("none")).as("%d: %s", sequence, id).isEqualTo(state);
            assertThat(fast.find(id).map(PolicyEntry::terms)).isEqualTo(
                    state.equals("released") ? Optional.of(slow.terms(id)) : Optional.empty());
            assertThat(again.find(id)).isEqualTo(fast.find(id));
            assertThat(again.history(id)).isEqualTo(fast.history(id));
        }
        assertThat(fast.released()).extracting(entry -> entry.terms().order()).isSorted();
        assertThat(fast.actsAfter(0, 1_000)).isEqualTo(slow.acts);
    }

    private static List<PolicyVersion> ids() {
        return List.of(ONE, TWO, new PolicyVersion("gate-2", "x"), new PolicyVersion("gate", "2-x"));
    }

    private static PolicyAct random(Random random, long number) {
        Deed deed = switch (random.nextInt(12)) {
            case 0, 1 -> new Drafted(Hash.of(new byte[] { (byte) random.nextInt(2) }), LABELS);
            case 2, 3 -> new Submitted();
            case 4, 5 -> new Approved();
            case 6 -> random.nextInt(4) > 0 ? new Approved() : new Rejected();
            case 7 -> new Released(rollout(random), FailMode.OPEN);
            case 8 -> new Promoted(rollout(random));
            case 9 -> new Halted();
            case 10 -> new Killed(random.nextBoolean() ? null : START.plusSeconds(random.nextInt(60)));
            default -> random.nextInt(3) > 0 ? new Released(rollout(random), FailMode.CLOSED) : new Revoked();
        };
        return new PolicyAct(number, START.plusSeconds(number), "key:" + random.nextInt(3), random.nextInt(4) > 0 ? "why" : "",
                ids().get(random.nextInt(4)), deed);
    }

    private static Rollout rollout(Random random) {
        return new Rollout(List.of(0, 0, 100, 5_000, Rollout.EVERYONE).get(random.nextInt(5)),
                random.nextInt(3) > 0 ? Set.of() : Set.of(EdgeId.of("edge-" + random.nextInt(2))), Set.of());
    }

    @Test
    void theWayOfAVersionToEverybodyAndOutOfUseAgain() throws PolicyActRefused {
        approved(ONE);
        act(ONE, "key:c", new Released(Rollout.everyone(), FailMode.OPEN));
        approved(TWO);
        act(TWO, "key:c", new Released(new Rollout(100, Set.of(), Set.of()), FailMode.CLOSED));
        assertThat(book.released()).extracting(PolicyEntry::id).containsExactly(ONE, TWO);

        act(TWO, "key:c", new Promoted(Rollout.everyone()));
        assertThat(book.released()).extracting(PolicyEntry::id).containsExactly(TWO);
        assertThat(state(ONE)).isEqualTo(PolicyState.SUPERSEDED);
        assertThat(book.history(ONE)).extracting(act -> act.deed().kind())
                .containsExactly("drafted", "submitted", "approved", "released", "promoted");

        act(TWO, "key:c", new Killed(START.plusSeconds(1_000)));
        assertThat(book.find(TWO).orElseThrow().terms().killedUntil()).isEqualTo(START.plusSeconds(1_000));
        act(TWO, "key:c", new Revoked());
        assertThat(book.released()).isEmpty();
        for (Deed deed : List.of(new Submitted(), new Approved(), new Released(Rollout.everyone(), FailMode.OPEN), new Revoked(),
                new Killed(null), new Drafted(Hash.ZERO, LABELS))) {
            assertThat(refused(TWO, "key:c", deed)).isEqualTo(PolicyRefusal.ALREADY_REVOKED);
        }
    }

    @Test
    void theAuthorCannotApprove() throws PolicyActRefused {
        act(ONE, "key:a", new Drafted(Hash.ZERO, LABELS));
        act(ONE, "key:b", new Submitted());

        assertThat(refused(ONE, "key:a", new Approved())).isEqualTo(PolicyRefusal.AUTHOR_APPROVES);
        assertThat(state(ONE)).isEqualTo(PolicyState.IN_REVIEW);
        act(ONE, "key:b", new Approved());
        assertThat(book.find(ONE).orElseThrow().approver()).isEqualTo("key:b");
    }

    @Test
    void aHaltedVersionCanBePromotedAgain() throws PolicyActRefused {
        approved(ONE);
        act(ONE, "key:c", new Released(new Rollout(5_000, Set.of(EdgeId.of("e")), Set.of()), FailMode.OPEN));
        act(ONE, "key:c", new Halted());
        assertThat(book.find(ONE).orElseThrow().rollout()).isEqualTo(new Rollout(0, Set.of(), Set.of()));
        assertThat(refused(ONE, "key:c", new Halted())).isEqualTo(PolicyRefusal.ALREADY_HALTED);
        act(ONE, "key:c", new Promoted(new Rollout(100, Set.of(), Set.of())));
        assertThat(refused(ONE, "key:c", new Promoted(new Rollout(50, Set.of(EdgeId.of("e")), Set.of()))))
                .isEqualTo(PolicyRefusal.NARROWER_ROLLOUT);
    }

    @Test
    void aLineThatIsNoneIsRefused() {
        String good = new String(PolicyActCodec.write(new PolicyAct(1, START, "key:a", "", ONE, new Submitted())), StandardCharsets.UTF_8);
        for (String line : List.of("", "{}", good.replace("submitted", "dreamt"), good.replace("\"number\":1", "\"number\":0"),
                good.replace("key:a", ""), good.replace("2026-01", "2026-13"), good.replace("gate", "../x"), good + good)) {
            assertThatThrownBy(() -> PolicyActCodec.read(line.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(PolicyAct.faultOfReason("ask jane.doe@example.org")).contains("must not contain");
    }

    private void approved(PolicyVersion id) throws PolicyActRefused {
        act(id, "key:a", new Drafted(Hash.ZERO, LABELS));
        act(id, "key:a", new Submitted());
        act(id, "key:b", new Approved());
    }

    private void act(PolicyVersion id, String by, Deed deed) throws PolicyActRefused {
        book.apply(new PolicyAct(book.last() + 1, START, by, "why", id, deed));
    }

    private PolicyRefusal refused(PolicyVersion id, String by, Deed deed) {
        return refusal(book, new PolicyAct(book.last() + 1, START, by, "why", id, deed)).orElseThrow();
    }

    private PolicyState state(PolicyVersion id) {
        return book.find(id).orElseThrow().state();
    }

    private static Optional<PolicyRefusal> refusal(PolicyBook book, PolicyAct act) {
        try {
            book.apply(act);
            return Optional.empty();
        } catch (PolicyActRefused e) {
            return Optional.of(e.reason());
        }
    }
}
