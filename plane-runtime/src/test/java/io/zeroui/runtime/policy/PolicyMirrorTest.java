package io.zeroui.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.delivery.PolicyDocument;
import io.zeroui.contracts.policy.delivery.PolicyDocument.Kind;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.policy.trust.RoleName;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.testing.PolicyOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release counts as a whole or not at all, whatever comes, and wherever the process dies. */
class PolicyMirrorTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId ACME = TenantId.of("acme");

    @TempDir
    Path root;

    private final PolicyOrigin origin = new PolicyOrigin(ACME, NOON);
    private Instant now = NOON;
    private PolicyFolder folder;
    private PolicyMirror mirror;

    @BeforeEach
    void start() {
        Path snapshots = root.resolve("snapshots");
        folder = new PolicyFolder(root.resolve("release"), snapshots, policy -> snapshots.resolve(policy.path()));
        mirror = new PolicyMirror(ACME, folder, () -> Optional.of(origin.anchor()), new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    @Test
    void aReleaseIsTakenAndSurvivesARestart() throws IOException {
        origin.release("licences", "1.0", rule("mit")).release("secrets", "1.0", rule("none")).publish();
        assertThat(take(origin.whole())).isEqualTo(Taken.CHANGED);
        assertActive();
        start();
        assertThat(mirror.open()).isTrue();
        assertActive();
        assertThat(mirror.state().isFresh(now)).isTrue();
        assertThat(take(origin.whole())).isEqualTo(Taken.NOTHING);
    }

    @Test
    void changesTravelAsDeltas() throws IOException {
        Consumer<ObjectNode> rules = content -> {
            for (int i = 0; i < 400; i++) {
                content.put("rule-" + i, "the text of a rule that is a little longer " + i);
            }
        };
        origin.release("licences", "1.0", rules).publish();
        take(origin.whole());
        origin.release("licences", "1.1", rules.andThen(content -> content.put("rule-7", "another"))).publish();
        List<PolicyDelivered> delta = origin.answer(mirror.ask(null, false));
        int whole = size(origin.whole());
        assertThat(size(delta)).as("bytes of a change of one rule, of " + whole).isLessThan(whole / 10);

        assertThat(take(delta)).isEqualTo(Taken.CHANGED);
        assertActive();
    }

    @Test
    void aDeltaToAnotherReleaseIsRefusedAndTheWholeIsAskedFor() throws IOException {
        origin.release("licences", "1.0", rule("mit")).publish();
        take(origin.whole());
        origin.release("licences", "1.1", rule("mit or apache, or something that is longer than a delta")).publish();
        origin.release("licences", "1.2", rule("mit or apache, or something that is longer than a delta!")).publish();
        assertThat(take(origin.since(1, 2))).isEqualTo(Taken.REFUSED);
        assertThat(mirror.state().objection()).isEqualTo(PolicyObjection.WRONG_BASE);
        assertThat(active()).isEqualTo(1);
        assertThat(take(origin.answer(mirror.ask(null, true)))).isEqualTo(Taken.CHANGED);
        assertActive();
        assertThat(mirror.state().objection()).isNull();
    }

    @Test
    void partsAreGatheredInAnyNumberOfEventsAndCountTogether() throws IOException {
        for (int i = 0; i < 40; i++) {
            origin.release("policy-" + i, "1.0", rule("x".repeat(10_000)));
        }
        origin.publish();
        List<PolicyDelivered> parts = origin.whole();
        assertThat(parts).hasSizeGreaterThan(2);
        for (PolicyDelivered part : parts.subList(0, parts.size() - 1)) {
            assertThat(mirror.take(part)).isEqualTo(Taken.GATHERING);
            assertThat(active()).isZero();
        }
        assertThat(mirror.take(parts.get(parts.size() - 1))).isEqualTo(Taken.CHANGED);
        assertActive();
    }

    @Test
    void aCrashBehindAnyStepLeavesOneWholeRelease() throws IOException {
        origin.release("licences", "1.0", rule("mit")).release("secrets", "1.0", rule("none")).publish();
        take(origin.whole());
        boolean crashed = true;
        for (int step = 1; crashed; step++) {
            long before = active();
            origin.release("licences", "2." + step, rule("step " + step)).release("secrets", "2." + step, rule("s" + step)).publish();
            crashed = crashes(step, origin.whole());

            start();
            assertThat(mirror.open()).isTrue();
            assertThat(active()).isIn(before, origin.version());
            assertThat(readable(mirror.state().active())).as("every snapshot of the active release").isTrue();
            take(origin.answer(mirror.ask(null, true)));
            assertActive();
            assertThat(step).isLessThan(10);
        }
    }

    private boolean crashes(int step, List<PolicyDelivered> deliveries) throws IOException {
        AtomicInteger reached = new AtomicInteger();
        folder.onStep(() -> {
            if (reached.incrementAndGet() == step) {
                throw new UncheckedIOException(new IOException("died behind step " + step));
            }
        });
        try {
            take(deliveries);
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void newKeysCountBeforeTheReleaseThatTheySign() throws IOException {
        origin.release("licences", "1.0", rule("mit")).publish();
        take(origin.whole());
        List<PolicyDelivered> old = origin.release("licences", "6.6.6", rule("all")).publish().whole();
        origin.rotate(RoleName.TIMESTAMP).publish();
        List<PolicyDelivered> roots = only(origin.whole(), Kind.ROOT);
        assertThat(take(roots)).isEqualTo(Taken.CHANGED);
        assertThat(active()).as("the last good release stays").isEqualTo(1);
        assertThat(mirror.state().isFresh(now)).as("but nobody says that it is the newest").isFalse();
        start();
        assertThat(mirror.open()).isTrue();
        assertThat(active()).isEqualTo(1);
        assertThat(take(old)).as("what the old key signed").isEqualTo(Taken.REFUSED);
        assertThat(take(origin.answer(mirror.ask(null, false)))).isEqualTo(Taken.CHANGED);
        assertActive();
    }

    @Test
    void whatIsRefusedLeavesTheLastGoodReleaseAndSaysWhy() throws IOException {
        origin.release("licences", "1.0", rule("mit")).publish();
        List<PolicyDelivered> first = origin.whole();
        take(first);
        origin.release("licences", "1.1", rule("apache")).publish();
        List<PolicyDelivered> second = origin.whole();
        assertThat(take(second)).isEqualTo(Taken.CHANGED);

        Map<PolicyObjection, List<PolicyDelivered>> attacks = new HashMap<>();
        attacks.put(PolicyObjection.ROLLBACK, first);
        attacks.put(PolicyObjection.WRONG_TENANT, List.of(new PolicyDelivered("other", 1, second.get(0).documents())));
        origin.release("licences", "1.2", rule("bsd")).publish();
        List<PolicyDelivered> third = origin.whole();
        attacks.put(PolicyObjection.TOO_FEW_SIGNATURES, changed(third, Kind.TIMESTAMP, text -> text.replace("\"version\":3", "\"version\":4")));
        attacks.put(PolicyObjection.WRONG_HASH, changed(third, Kind.TARGETS, text -> text.replace("1.2", "1.3")));
        attacks.put(PolicyObjection.NOT_A_TARGET, renamed(third, "../../../etc/passwd"));
        attacks.put(PolicyObjection.MALFORMED, changed(third, Kind.TIMESTAMP, text -> "[".repeat(10_000)));
        attacks.put(PolicyObjection.TOO_LARGE, changed(third, Kind.TIMESTAMP, text -> text + " ".repeat(1 << 20)));
        attacks.put(PolicyObjection.WRONG_BASE, List.of(with(third, "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/a\"}]")));
        for (Map.Entry<PolicyObjection, List<PolicyDelivered>> attack : attacks.entrySet()) {
            assertThat(take(attack.getValue())).as(attack.getKey().toString()).isEqualTo(Taken.REFUSED);
            assertThat(mirror.state().objection()).isIn(attack.getKey(), PolicyObjection.MALFORMED);
            assertThat(active()).isEqualTo(2);
            assertThat(mirror.ask(null, false).objection()).isNotNull();
        }
        now = NOON.plus(Duration.ofDays(2));
        assertThat(take(third)).isEqualTo(Taken.REFUSED);
        assertThat(mirror.state().objection()).isEqualTo(PolicyObjection.EXPIRED);
        assertThat(mirror.state().isFresh(now)).isFalse();
        assertThat(active()).as("for ever").isEqualTo(2);
        assertThat(take(origin.at(now).publish().whole())).isEqualTo(Taken.CHANGED);
        assertActive();
    }

    @Test
    void aVersionNeverHasOtherContent() throws IOException {
        origin.release("licences", "1.0", rule("mit")).publish();
        take(origin.whole());
        origin.release("licences", "1.0", rule("all")).publish();
        assertThat(take(origin.whole())).isEqualTo(Taken.REFUSED);
        assertThat(mirror.state().objection()).isEqualTo(PolicyObjection.EQUIVOCATION);
        start();
        assertThat(mirror.open()).isTrue();
        assertThat(active()).isEqualTo(1);
    }

    @Test
    void filesThatSomebodyChangedAreNotBelieved() throws IOException {
        origin.release("licences", "1.0", rule("mit")).publish();
        take(origin.whole());
        Files.writeString(folder.file(new PolicyVersion("licences", "1.0")), " ", StandardOpenOption.APPEND);
        start();
        assertThat(mirror.open()).isTrue();
        assertThat(active()).isZero();
        assertThat(mirror.state().objection()).isEqualTo(PolicyObjection.WRONG_HASH);
        assertThat(take(origin.answer(mirror.ask(null, false)))).isEqualTo(Taken.CHANGED);
        assertActive();
    }

    @Test
    void aDiskThatIsFullChangesNothing() throws IOException {
        origin.release("licences", "1.0", rule("mit")).publish();
        take(origin.whole());
        origin.release("licences", "1.1", rule("apache")).publish();
        Path release = root.resolve("release/release.json");
        Path aside = root.resolve("aside.json");
        Files.move(release, aside);
        Files.createDirectories(release.resolve("in-the-way"));
        assertThatThrownBy(() -> take(origin.whole())).isInstanceOf(IOException.class);
        assertThat(active()).isEqualTo(1);
        Files.delete(release.resolve("in-the-way"));
        Files.delete(release);
        Files.move(aside, release);
        assertThat(take(origin.whole())).isEqualTo(Taken.CHANGED);
        assertActive();
    }

    @Test
    void whatNothingRefersToIsRemoved() throws IOException {
        for (int i = 0; i < 12; i++) {
            origin.release("licences", "1." + i, rule("r" + i)).publish();
            take(origin.whole());
        }
        try (var files = Files.walk(root.resolve("snapshots"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(8);
        }
    }

    @Test
    void withoutARootNothingIsBelieved() throws IOException {
        PolicyMirror blind = new PolicyMirror(ACME, folder, Optional::empty, Clock.systemUTC());
        assertThat(blind.open()).isFalse();
        assertThat(blind.take(origin.release("licences", "1.0", rule("mit")).publish().whole().get(0))).isEqualTo(Taken.REFUSED);
        PolicyAsked asked = blind.ask(null, false);
        assertThat(asked.rootVersion()).isZero();
        assertThat(blind.answer(asked)).isEmpty();
    }

    private Taken take(List<PolicyDelivered> deliveries) throws IOException {
        Taken last = Taken.NOTHING;
        for (PolicyDelivered one : deliveries) {
            last = mirror.take(one);
        }
        return last;
    }

    private long active() {
        PolicyTrust active = mirror.state().active();
        Targets targets = active == null ? null : active.targets();
        return targets == null ? 0 : targets.version();
    }

    private void assertActive() {
        assertThat(active()).isEqualTo(origin.version());
        Map<PolicyVersion, Hash> expected = new HashMap<>();
        origin.released().forEach((policy, bytes) -> expected.put(policy, Hash.of(bytes)));
        Map<PolicyVersion, Hash> there = new HashMap<>();
        mirror.state().active().targets().targets().forEach((policy, target) -> there.put(policy, target.sha256()));
        assertThat(there).isEqualTo(expected);
        assertThat(readable(mirror.state().active())).isTrue();
    }

    private boolean readable(PolicyTrust trust) {
        return trust.targets().targets().entrySet().stream().allMatch(one -> folder.find(one.getKey(), one.getValue().sha256()) != null);
    }

    private static Consumer<ObjectNode> rule(String text) {
        return content -> content.put("rule", text);
    }

    private static int size(List<PolicyDelivered> deliveries) {
        return deliveries.stream().flatMap(one -> one.documents().stream()).mapToInt(document -> document.text().length()).sum();
    }

    private static List<PolicyDelivered> only(List<PolicyDelivered> deliveries, Kind kind) {
        return deliveries.stream().map(one -> new PolicyDelivered(one.tenantId(), one.targetsVersion(),
                one.documents().stream().filter(document -> document.kind() == kind).toList())).toList();
    }

    private static List<PolicyDelivered> changed(List<PolicyDelivered> deliveries, Kind kind, UnaryOperator<String> change) {
        return deliveries.stream().map(one -> new PolicyDelivered(one.tenantId(), one.targetsVersion(), one.documents().stream()
                .map(document -> document.kind() == kind ? new PolicyDocument(kind, document.name(), document.version(), document.base(),
                        change.apply(document.text())) : document).toList())).toList();
    }

    private static List<PolicyDelivered> renamed(List<PolicyDelivered> deliveries, String name) {
        return deliveries.stream().map(one -> new PolicyDelivered(one.tenantId(), one.targetsVersion(), one.documents().stream()
                .map(document -> document.kind() == Kind.POLICY ? new PolicyDocument(Kind.POLICY, name, 0, null, document.text()) : document)
                .toList())).toList();
    }

    /** The same with the policies as deltas. */
    private static PolicyDelivered with(List<PolicyDelivered> deliveries, String patch) {
        List<PolicyDocument> documents = new ArrayList<>();
        deliveries.forEach(one -> documents.addAll(one.documents()));
        return new PolicyDelivered(ACME.value(), 0, documents.stream().map(document -> document.kind() == Kind.POLICY
                ? new PolicyDocument(Kind.POLICY, document.name(), 0, Hash.ZERO.hex(), patch) : document).toList());
    }
}
