package io.zeroui.product.policy.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.contracts.policy.release.RolloutGate;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.policy.release.RolloutRate;
import io.zeroui.product.policy.gates.RolloutLook.Halt;
import io.zeroui.product.policy.gates.RolloutLook.Restore;
import io.zeroui.product.policy.gates.RolloutLook.Step;
import io.zeroui.product.policy.registry.FixedConfig;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.product.policy.registry.RegistryFolders;
import io.zeroui.product.policy.registry.RegistryLock;
import io.zeroui.product.policy.registry.SeenVersion;
import io.zeroui.product.policy.registry.SnapshotSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes that end between the steps of a gate leave on the disk, and what the next one does. */
class RolloutRestartTest {

    private static final EvaluationView EVALUATIONS = (gate, entry) -> Optional.empty();
    private static final TenantId ACME = TenantId.of("acme");
    private static final PolicyVersion ONE = new PolicyVersion("gate", "1");
    private static final PolicyVersion TWO = new PolicyVersion("gate", "2");
    private static final PolicyVersion AGAIN = new PolicyVersion("gate", "1-r1");
    private static final PolicyLabels LABELS = new PolicyLabels("gate", "org", Enforcement.WARN);
    private static final Map<PolicyVersion, RolloutCounts> BAD = Map.of(TWO, new RolloutCounts(100, 50, 0, 0));

    @TempDir
    Path folder;
    private RegistryFolders folders;
    private RegistryLock lock;
    private PolicyRegistry registry;
    private SnapshotSigner signer;

    @BeforeEach
    void start() {
        folders = new RegistryFolders(new ZuRoot(folder), Region.LOCAL);
        signer = new SnapshotSigner(new FixedConfig("ab".repeat(32)), folders);
        lock = new RegistryLock(folders);
        registry = new PolicyRegistry(folders, lock);
    }

    @AfterEach
    void stop() throws IOException {
        lock.close();
    }

    private void restart() throws IOException {
        lock.close();
        start();
    }

    @Test
    void theNextProcessGoesOnBetweenHaltAndRestorationAndDoesNothingTwice() throws Exception {
        released(ONE, "mit", null);
        released(TWO, "none", new RolloutPlan(new RolloutGate(20, Map.of(RolloutRate.OVERRIDE, 1_000)), List.of()));
        List<Step> first = RolloutLook.steps(registry.book(ACME), BAD, EVALUATIONS, Instant.now());
        assertThat(first).singleElement().isInstanceOf(Halt.class);
        SeenVersion seen = new SeenVersion(TWO, first.get(0).lastAct());
        assertThat(registry.act(ACME, seen, RolloutLook.BY, first.get(0).reason(), new Deed.Halted())).isPresent();
        assertThat(registry.act(ACME, seen, RolloutLook.BY, "again", new Deed.Promoted(Rollout.everyone()))).as("decided before the halt").isEmpty();

        restart();
        List<Step> second = RolloutLook.steps(registry.book(ACME), BAD, EVALUATIONS, Instant.now());
        Restore restore = (Restore) second.get(0);
        assertThat(second).hasSize(1);
        Path left = folders.root().policySnapshot(folders.region(), ACME, AGAIN);
        Files.writeString(left, "a process ended between this file and its act");
        SeenVersion halted = new SeenVersion(TWO, restore.lastAct());
        PolicyEntry again = registry.restore(ACME, restore.from(), RolloutLook.BY, restore.reason(), signer, halted).orElseThrow();
        assertThat(again.id()).isEqualTo(AGAIN);
        assertThat(PolicySnapshotCodec.read(registry.snapshot(ACME, again)).content().path("rule").asText()).isEqualTo("mit");
        assertThat(registry.restore(ACME, restore.from(), RolloutLook.BY, restore.reason(), signer, halted)).as("decided before").isEmpty();

        restart();
        assertThat(RolloutLook.steps(registry.book(ACME), BAD, EVALUATIONS, Instant.now())).isEmpty();
        assertThat(registry.book(ACME).released()).containsExactly(again);
        assertThat(registry.book(ACME).list("gate")).extracting(entry -> entry.id().version()).containsExactly("1", "2", "1-r1");
    }

    private void released(PolicyVersion id, String rule, RolloutPlan plan) throws Exception {
        assertThat(registry.draft(ACME, id, "key:a", "", LABELS, JsonNodeFactory.instance.objectNode().put("rule", rule), signer)).isNotNull();
        assertThat(registry.act(ACME, id, "key:a", "", new Deed.Submitted())).isNotNull();
        assertThat(registry.act(ACME, id, "key:b", "", new Deed.Approved())).isNotNull();
        assertThat(registry.act(ACME, id, "key:a", "", new Deed.Released(Rollout.everyone(), FailMode.OPEN, plan))).isNotNull();
    }
}
