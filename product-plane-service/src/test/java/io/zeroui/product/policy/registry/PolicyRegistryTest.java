package io.zeroui.product.policy.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.InvalidPolicy;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.lifecycle.PolicyRefusal;
import io.zeroui.contracts.policy.lifecycle.PolicyState;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that ends at any moment leaves behind, and what the next one makes of it. */
class PolicyRegistryTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final PolicyVersion ONE = new PolicyVersion("gate", "1");
    private static final PolicyLabels LABELS = new PolicyLabels("gate", "org", Enforcement.WARN);

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

    /** Another process with the same files. */
    private void restart() throws IOException {
        lock.close();
        start();
    }

    @Test
    void aSnapshotWithoutItsActIsNoVersionAndGivesWayToTheNextDraft() throws Exception {
        PolicyEntry drafted = draft(object().put("a", 1));
        byte[] first = Files.readAllBytes(snapshot());
        Files.delete(history());
        restart();

        assertThat(registry.book(ACME).find(ONE)).isEmpty();
        PolicyEntry again = draft(object().put("a", 2));
        assertThat(again.content()).isNotEqualTo(drafted.content());
        assertThat(Files.readAllBytes(snapshot())).isNotEqualTo(first).isEqualTo(registry.snapshot(ACME, again));
        restart();
        assertThat(registry.book(ACME).find(ONE)).contains(again);
    }

    @Test
    void aTornActIsCutOffAndKeptBeside() throws Exception {
        PolicyEntry drafted = draft(object());
        byte[] whole = Files.readAllBytes(history());
        act("key:a", new Deed.Submitted());
        byte[] both = Files.readAllBytes(history());
        for (int length = whole.length + 1; length < both.length; length += 7) {
            Files.write(history(), Arrays.copyOf(both, length));
            restart();
            assertThat(registry.book(ACME).find(ONE)).contains(drafted);
            assertThat(Files.readAllBytes(history())).isEqualTo(whole);
            byte[] torn = Arrays.copyOfRange(both, whole.length, length);
            assertThat(siblings("history.jsonl.torn-")).anySatisfy(file -> assertThat(Files.readAllBytes(file)).isEqualTo(torn));
        }
        assertThat(act("key:a", new Deed.Submitted()).state()).isEqualTo(PolicyState.IN_REVIEW);
    }

    @Test
    void aRevocationWithoutItsFileGetsItAgainTheSame() throws Exception {
        released();
        act("key:a", new Deed.Revoked());
        Path file = folders.root().policyRevocation(Region.LOCAL, ACME, ONE);
        byte[] said = Files.readAllBytes(file);
        Files.delete(file);
        restart();

        assertThat(registry.book(ACME).released()).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(said);
        assertThat(catchThrowableOfType(PolicyActRefused.class, () -> act("key:a", new Deed.Submitted())).reason())
                .isEqualTo(PolicyRefusal.ALREADY_REVOKED);
    }

    @Test
    void whatWasReleasedIsReleasedAfterARestart() throws Exception {
        PolicyEntry released = released();
        restart();
        assertThat(registry.book(ACME).released()).containsExactly(released);
        assertThat(registry.tenants()).containsExactly(ACME);
        assertThat(PolicySnapshotCodec.read(registry.snapshot(ACME, released)).contentHash()).isEqualTo(released.content());
    }

    @Test
    void aRefusedActLeavesNoTrace() throws Exception {
        draft(object());
        byte[] before = Files.readAllBytes(history());
        assertThatThrownBy(() -> act("key:a", new Deed.Approved())).isInstanceOf(PolicyActRefused.class);
        assertThatThrownBy(() -> draft(object().put("a", 1))).isInstanceOf(PolicyActRefused.class);
        assertThatThrownBy(() -> registry.draft(ACME, new PolicyVersion("gate", "2"), "key:a", "", LABELS,
                object().put("mail", "jane.doe@example.org"), signer)).isInstanceOf(InvalidPolicy.class);
        assertThat(Files.readAllBytes(history())).isEqualTo(before);
        assertThat(folders.root().policySnapshot(Region.LOCAL, ACME, new PolicyVersion("gate", "2"))).doesNotExist();
    }

    @Test
    void anActThatCannotBeWrittenIsAFailureAndTheHistoryGoesOnAfterwards() throws Exception {
        draft(object());
        Path aside = history().resolveSibling("aside");
        Files.move(history(), aside);
        Files.createDirectory(history());
        assertThatThrownBy(() -> act("key:a", new Deed.Submitted())).isInstanceOf(RegistryUnavailable.class);
        Files.delete(history());
        Files.move(aside, history());
        assertThat(act("key:a", new Deed.Submitted()).state()).isEqualTo(PolicyState.IN_REVIEW);
        assertThat(registry.book(ACME).last()).isEqualTo(2);
    }

    @Test
    void aHistoryThatSomebodyChangedIsNotBelieved() throws Exception {
        released();
        String lines = Files.readString(history());
        for (String changed : List.of(lines.replace("\"by\":\"key:b\"", "\"by\":\"key:a\""), lines.substring(lines.indexOf('\n') + 1),
                lines.replaceFirst("submitted", "dreamt"), "no act\n" + lines)) {
            Files.writeString(history(), changed);
            restart();
            assertThatThrownBy(() -> registry.book(ACME)).isInstanceOf(RegistryUnavailable.class);
        }
    }

    @Test
    void aSnapshotThatSomebodyChangedIsNotGivenOut() throws Exception {
        PolicyEntry released = released();
        Files.writeString(snapshot(), Files.readString(snapshot()).replace("warn", "observe"), StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> registry.snapshot(ACME, released)).isInstanceOf(RegistryUnavailable.class);
    }

    @Test
    void oneProcessWrites() throws IOException {
        assertThat(registry.tenants()).isEmpty();
        RegistryLock second = new RegistryLock(folders);
        assertThatThrownBy(() -> new PolicyRegistry(folders, second).book(ACME)).isInstanceOf(RegistryUnavailable.class);
        lock.close();
        assertThat(new PolicyRegistry(folders, second).book(ACME).last()).isZero();
        second.close();
    }

    private PolicyEntry released() throws Exception {
        draft(object().put("a", 1));
        act("key:a", new Deed.Submitted());
        act("key:b", new Deed.Approved());
        return act("key:a", new Deed.Released(Rollout.everyone(), FailMode.OPEN));
    }

    private PolicyEntry draft(ObjectNode content) throws PolicyActRefused, InvalidPolicy {
        return registry.draft(ACME, ONE, "key:a", "", LABELS, content, signer);
    }

    private PolicyEntry act(String by, Deed deed) throws PolicyActRefused {
        return registry.act(ACME, ONE, by, "why", deed);
    }

    private Path history() {
        return folders.root().policyHistory(Region.LOCAL, ACME);
    }

    private Path snapshot() {
        return folders.root().policySnapshot(Region.LOCAL, ACME, ONE);
    }

    private List<Path> siblings(String prefix) throws IOException {
        try (var files = Files.list(history().getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
