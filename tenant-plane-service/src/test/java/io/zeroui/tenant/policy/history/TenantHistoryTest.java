package io.zeroui.tenant.policy.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.HistoryCodec;
import io.zeroui.contracts.policy.claims.HistoryLine;
import io.zeroui.contracts.policy.claims.HistoryLine.Released;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.contracts.policy.claims.PolicyClaim;
import io.zeroui.contracts.policy.claims.PolicyStanding;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.delivery.PolicyLibrary;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.runtime.policy.PolicyFolder;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.ReleaseObserver;
import io.zeroui.testing.PolicyOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release is in the history before anybody can have it, wherever the process dies. */
class TenantHistoryTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId ACME = TenantId.of("acme");
    private static final EdgeId EDGE = EdgeId.of("edge-1");
    private static final Runnable NOTHING = () -> {
    };

    @TempDir
    Path root;

    private final PolicyOrigin origin = new PolicyOrigin(ACME, NOON);
    private Path file;
    private TenantHistory history;
    private PolicyFolder folder;
    private PolicyMirror mirror;
    private Runnable step = NOTHING;

    @BeforeEach
    void start() {
        file = root.resolve("history/history.jsonl");
        history = new TenantHistory(file);
        Path snapshots = root.resolve("snapshots");
        folder = new PolicyFolder(root.resolve("release"), snapshots, policy -> snapshots.resolve(policy.path()));
        folder.onStep(() -> step.run());
        mirror = new PolicyMirror(ACME, folder, () -> Optional.of(origin.anchor()), Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC),
                new ReleaseObserver() {
                    @Override
                    public void found(PolicyTrust active, PolicyLibrary snapshots) throws IOException {
                        step.run();
                        history.found(active, snapshots);
                        step.run();
                    }

                    @Override
                    public void releasing(PolicyTrust next, Instant now, PolicyLibrary snapshots) throws IOException {
                        step.run();
                        history.releasing(next, now, snapshots);
                        step.run();
                    }
                });
    }

    @Test
    void whereverTheProcessDiesAReleaseIsInTheHistoryOnceAndBeforeItCounts() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        int crashes = 0;
        for (int dies = 1; dies < 12; dies++) {
            origin.release("licences", "1." + dies, content -> content.put("rule", "mit")).publish();
            crashes += dyingBehind(dies) ? 1 : 0;
            step = NOTHING;
            start();
            assertThat(mirror.open()).isTrue();
            assertThat(recorded()).as("died behind step %d", dies).contains(active()).doesNotHaveDuplicates();
            take(origin.whole());
            assertThat(active()).isEqualTo(origin.version());
            start();
            assertThat(mirror.open()).isTrue();
            assertThat(recorded()).as("died behind step %d", dies).doesNotHaveDuplicates().endsWith(origin.version());
        }
        assertThat(crashes).as("steps of one release").isGreaterThanOrEqualTo(4);
        assertThat(recorded()).as("none is left out").hasSize((int) origin.version());
        assertThat(standing("licences-1.5")).isEqualTo(PolicyStanding.CONSISTENT);
        assertThat(standing("licences-7.7")).as("the history was never begun anew").isEqualTo(PolicyStanding.UNKNOWN_POLICY);
    }

    private boolean dyingBehind(int last) throws IOException {
        int[] steps = { 0 };
        step = () -> {
            if (++steps[0] == last) {
                throw new UncheckedIOException(new IOException("died behind step " + last));
            }
        };
        try {
            take(origin.whole());
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void aLineThatIsTornAnywhereIsCutOffAndWrittenAgain() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        byte[] first = Files.readAllBytes(file);
        history.reported(List.of(new Reported(EDGE, 1, NOON)));
        byte[] both = Files.readAllBytes(file);
        for (int length = first.length; length <= both.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(both, length));
            TenantHistory reopened = new TenantHistory(file);
            reopened.reported(List.of(new Reported(EDGE, 1, NOON)));
            assertThat(Files.readAllBytes(file)).as("torn at %d of %d", length, both.length).isEqualTo(both);
        }
        assertThat(Files.list(file.getParent()).filter(one -> one.toString().contains(".torn-"))).hasSizeGreaterThan(5);
    }

    @Test
    void afterAFailedWriteTheFileIsReadAgain() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        Path elsewhere = file.resolveSibling("elsewhere");
        Files.move(file, elsewhere);
        Files.createDirectory(file);
        assertThatThrownBy(() -> history.reported(List.of(new Reported(EDGE, 1, NOON)))).isInstanceOf(IOException.class);
        Files.delete(file);
        Files.move(elsewhere, file);
        Files.write(file, "{\"edge\":\"half a li".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        assertThat(history.present().lines()).as("what is there is judged by").isEqualTo(1);
        history.reported(List.of(new Reported(EDGE, 1, NOON)));
        assertThat(lines()).hasSize(2);
        assertThat(history.present().lines()).isEqualTo(2);
    }

    @Test
    void aReleaseThatWasThereBeforeTheHistoryExplainsWhatIsOlder() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        Files.delete(file);
        start();
        assertThat(mirror.open()).isTrue();
        assertThat(lines()).singleElement().isInstanceOfSatisfying(Released.class, line -> assertThat(line.since()).isNull());
        assertThat(standing("licences-1.0")).isEqualTo(PolicyStanding.CONSISTENT);
        assertThat(standing("licences-0.9")).isEqualTo(PolicyStanding.UNJUDGED);
        take(origin.release("licences", "1.1", content -> content.put("rule", "mit")).publish().whole());
        assertThat(lines()).hasSize(2);
        assertThat(standing("licences-0.9")).as("for ever").isEqualTo(PolicyStanding.UNJUDGED);
    }

    @Test
    void theSnapshotIsThatWhichGatesRead() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        Released line = (Released) lines().get(0);
        String document = new String(origin.released().values().iterator().next(), StandardCharsets.UTF_8);
        assertThat(document).contains("\"snapshot_hash\":\"" + line.set().get(0).snapshot().prefixed() + "\"");
        assertThat(line.since()).as("the earlier of both clocks").isEqualTo(NOON);
    }

    @Test
    void aTimestampAloneIsNoRelease() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        take(origin.stamp(2).whole());
        assertThat(lines()).hasSize(1);
    }

    @Test
    void aLineThatIsNoneLeavesEverythingUnjudged() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        Files.write(file, "nonsense\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        start();
        assertThat(standing("licences-9.9")).isEqualTo(PolicyStanding.UNJUDGED);
        assertThat(history.open().lines()).isEqualTo(2);
    }

    @Test
    void aTimeThatNothingCanBeReckonedWithIsALineThatIsNone() throws IOException {
        origin.release("licences", "1.0", content -> content.put("rule", "mit")).publish();
        take(origin.whole());
        Files.write(file, "{\"at\":\"+1000000000-12-31T23:59:59.999999999Z\",\"edge\":\"edge-1\",\"release\":1}\n"
                .getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        start();
        assertThat(history.isOpened()).isFalse();
        assertThat(standing("licences-9.9")).isEqualTo(PolicyStanding.UNJUDGED);
        assertThat(history.isOpened()).isTrue();
        history.reported(List.of(new Reported(EDGE, 1, NOON)));
        assertThat(history.open().lines()).isEqualTo(3);
    }

    private PolicyStanding standing(String policy) throws IOException {
        return history.open().judge(new PolicyClaim(List.of(policy), null, EDGE, NOON.plusSeconds(3_600)));
    }

    private void take(List<PolicyDelivered> deliveries) throws IOException {
        for (PolicyDelivered one : deliveries) {
            assertThat(mirror.take(one)).isNotEqualTo(PolicyMirror.Taken.REFUSED);
        }
    }

    private long active() {
        PolicyTrust active = mirror.state().active();
        Targets targets = active == null ? null : active.targets();
        return targets == null ? 0 : targets.version();
    }

    private List<Long> recorded() throws IOException {
        return lines().stream().map(line -> ((Released) line).release()).toList();
    }

    private List<HistoryLine> lines() throws IOException {
        List<HistoryLine> lines = new ArrayList<>();
        try (Stream<String> all = Files.lines(file)) {
            all.forEach(line -> lines.add(HistoryCodec.read(line.getBytes(StandardCharsets.UTF_8))));
        }
        return lines;
    }
}
