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
import io.zeroui.contracts.policy.lifecycle.Deed.Restored;
import io.zeroui.contracts.policy.lifecycle.Deed.Revoked;
import io.zeroui.contracts.policy.lifecycle.Deed.Submitted;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutGate;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.policy.release.RolloutRate;
import io.zeroui.contracts.policy.release.RolloutStep;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    private static final int ACTS = 60;
    private static final RolloutPlan PLAN = new RolloutPlan(new RolloutGate(50, Map.of(RolloutRate.OVERRIDE, 1_000)),
            List.of(new RolloutStep(100, Duration.ofMinutes(30)), new RolloutStep(1_150, Duration.ofHours(2)), new RolloutStep(10_000, null)));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PolicyVersion ONE = new PolicyVersion("gate", "1");
    private static final PolicyVersion TWO = new PolicyVersion("gate", "2");
    private static final PolicyLabels LABELS = new PolicyLabels("gate", "org", Enforcement.WARN);

    private final PolicyBook book = new PolicyBook();

    @Test
    void namesInReceiptsAreKnownOnceTheirVersionsAreWritten() throws PolicyActRefused {
        assertThat(book.known(List.of("gate-1", "gate-2"))).isEmpty();
        book.apply(new PolicyAct(1, START, "key:a", "", ONE, new Drafted(Hash.ZERO, LABELS)));
        assertThat(book.known(List.of("gate-1", "gate-2", "gate", "made-up-1", "gate-1"))).containsExactly("gate-1");
    }

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
            assertThat(fast.find(id).map(PolicyEntry::plan)).isEqualTo(
                    state.equals("released") ? Optional.ofNullable(slow.plan(id)) : Optional.empty());
            assertThat(fast.find(id).map(PolicyEntry::author)).isEqualTo(
                    state.equals("none") ? Optional.empty() : Optional.of(slow.written(id).by()));
            assertThat(fast.find(id).map(PolicyEntry::approver)).isEqualTo(
                    state.equals("none") ? Optional.empty() : Optional.ofNullable(slow.approver(id)));
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
        Deed deed = switch (random.nextInt(13)) {
            case 0, 1 -> new Drafted(Hash.of(new byte[] { (byte) random.nextInt(2) }), LABELS);
            case 2, 3 -> new Submitted();
            case 4, 5 -> new Approved();
            case 6 -> random.nextInt(4) > 0 ? new Approved() : new Rejected();
            case 7 -> new Released(rollout(random), FailMode.OPEN, random.nextBoolean() ? PLAN : null);
            case 8 -> new Promoted(rollout(random));
            case 9 -> new Halted();
            case 10 -> new Killed(random.nextBoolean() ? null : START.plusSeconds(random.nextInt(60)));
            case 11 -> new Restored(List.of("1", "2", "x", "2-x", "9").get(random.nextInt(5)));
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
    void theContentOfAnEarlierVersionComesBackUnderANewNameWithItsApproval() throws PolicyActRefused {
        approved(ONE);
        act(ONE, "key:c", new Released(Rollout.everyone(), FailMode.CLOSED));
        assertThat(refused(new PolicyVersion("gate", "1-r1"), "key:c", new Restored("1"))).isEqualTo(PolicyRefusal.STILL_RELEASED);
        act(ONE, "key:c", new Killed(START.plusSeconds(1_000)));
        approved(TWO);
        assertThat(refused(new PolicyVersion("gate", "2-r1"), "key:c", new Restored("2"))).isEqualTo(PolicyRefusal.NEVER_RELEASED);
        act(TWO, "key:c", new Released(Rollout.everyone(), FailMode.OPEN, PLAN));
        act(TWO, "key:c", new Halted());
        assertThat(refused(ONE, "key:c", new Restored("1"))).as("the name is taken").isEqualTo(PolicyRefusal.VERSION_EXISTS);

        PolicyVersion again = book.restoredName(ONE);
        assertThat(again).isEqualTo(new PolicyVersion("gate", "1-r1"));
        act(again, "system:x", new Restored("1"));
        PolicyEntry entry = book.find(again).orElseThrow();
        assertThat(entry.author()).isEqualTo("key:a");
        assertThat(entry.approver()).isEqualTo("key:b");
        assertThat(entry.terms()).isEqualTo(new ReleaseTerms(book.last(), Rollout.everyone(), FailMode.CLOSED, START.plusSeconds(1_000)));
        assertThat(state(TWO)).isEqualTo(PolicyState.SUPERSEDED);
        assertThat(book.released()).containsExactly(entry);
        assertThat(book.restoredName(ONE)).isEqualTo(book.restoredName(again)).isEqualTo(new PolicyVersion("gate", "1-r2"));

        act(ONE, "key:c", new Revoked());
        assertThat(refused(new PolicyVersion("gate", "1-r2"), "key:c", new Restored("1"))).isEqualTo(PolicyRefusal.ALREADY_REVOKED);
        assertThat(book.find(again)).as("revoking the earlier one leaves it").contains(entry);
    }

    @Test
    void aRestoredNameIsNoLongerThanVersionsMayBeAndNotThatOfAnotherPolicy() throws PolicyActRefused {
        PolicyVersion longest = new PolicyVersion("gate", "1." + "2".repeat(62));
        assertThat(book.restoredName(longest).version()).hasSize(PolicyVersion.VERSION_MOST).endsWith("2-r1");
        PolicyVersion dotted = new PolicyVersion("gate", "1".repeat(60) + ".111");
        assertThat(book.restoredName(dotted).version()).isEqualTo("1".repeat(60) + ".-r1");
        act(new PolicyVersion("gate-1", "r1"), "key:a", new Drafted(Hash.ZERO, LABELS));
        assertThat(book.restoredName(ONE)).isEqualTo(new PolicyVersion("gate", "1-r2"));
    }

    @Test
    void linesOfHistoriesOfBeforeAreStillRead() {
        String line = "{\"number\":4,\"at\":\"2026-01-01T00:00:00Z\",\"by\":\"key:a\",\"act\":\"released\",\"policy_id\":\"gate\",\"version\":\"1\","
                + "\"fail_mode\":\"closed\",\"rollout\":{\"basis_points\":500,\"edges\":[\"e\"],\"repos\":[]}}";
        PolicyAct act = PolicyActCodec.read(line.getBytes(StandardCharsets.UTF_8));
        assertThat(act.deed()).isEqualTo(new Released(new Rollout(500, Set.of(EdgeId.of("e")), Set.of()), FailMode.CLOSED, null));
        assertThat(new String(PolicyActCodec.write(act), StandardCharsets.UTF_8)).isEqualTo(line);
        PolicyAct planned = new PolicyAct(4, START, "key:a", "", ONE, new Released(Rollout.everyone(), FailMode.OPEN, PLAN));
        assertThat(new String(PolicyActCodec.write(planned), StandardCharsets.UTF_8)).contains("\"gate\":{\"min_receipts\":50,"
                + "\"max_override_rate\":0.1},\"steps\":[{\"percent\":1,\"bake\":\"PT30M\"},{\"percent\":11.5,\"bake\":\"PT2H\"},{\"percent\":100}]");
        assertThat(PolicyActCodec.read(PolicyActCodec.write(planned))).isEqualTo(planned);
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
