package io.zeroui.product.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.runtime.policy.PolicyFolder;
import io.zeroui.runtime.policy.PolicyMirror;
import io.zeroui.runtime.policy.PolicyMirror.Taken;
import io.zeroui.testing.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other keys in the file are the next root, which whoever believed the one before believes; and keys that others can read are no keys. */
class RotatedKeysTest {

    private static final TenantId ACME = TenantId.of("acme");

    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private final SigningConfig config = new Lifetimes();

    @Test
    void anotherTimestampKeyIsTheNextRootAndItsReleaseIsBelieved() throws Exception {
        Path keys = PolicyFiles.newKeys();
        RootFiles roots = new RootFiles(folder.resolve("roots"), config.rootLifetime());
        PolicyMirror mirror = mirror(roots);
        KeyFile first = KeyFile.read(keys);
        assertThat(take(mirror, first, roots.upTo(first, now))).isEqualTo(Taken.CHANGED);
        assertThat(roots.upTo(first, now)).as("the same keys make no other root").hasSize(1);

        replace(keys, "timestamp=", PolicyFiles.newKeys());
        KeyFile second = KeyFile.read(keys);
        assertThat(take(mirror, second, roots.upTo(second, now))).isEqualTo(Taken.CHANGED);
        assertThat(mirror.state().rootVersion()).isEqualTo(2);
        assertThat(mirror.state().isFresh(now)).isTrue();
        assertThat(take(mirror, first, roots.read())).as("signed by the key that was replaced").isEqualTo(Taken.REFUSED);
    }

    @Test
    void anotherRootKeyIsBelievedOnlyWithTheFormerOne() throws Exception {
        Path keys = PolicyFiles.newKeys();
        RootFiles roots = new RootFiles(folder.resolve("roots"), config.rootLifetime());
        assertThat(roots.upTo(KeyFile.read(keys), now)).hasSize(1);
        String former = line(keys, "root=");
        replace(keys, "root=", PolicyFiles.newKeys());
        assertThatThrownBy(() -> roots.upTo(KeyFile.read(keys), now)).isInstanceOf(PolicyRefused.class);
        assertThat(roots.read()).as("nothing was written").hasSize(1);

        Files.writeString(keys, Files.readString(keys) + "root.former=" + former.substring("root=".length()) + "\n");
        assertThat(roots.upTo(KeyFile.read(keys), now)).hasSize(2);
        PolicyMirror mirror = mirror(roots);
        assertThat(take(mirror, KeyFile.read(keys), roots.read())).isEqualTo(Taken.CHANGED);
        assertThat(mirror.state().rootVersion()).isEqualTo(2);
    }

    @Test
    void timestampsAreSignedAgainWhenHalfTheirTimeIsOver() throws Exception {
        KeyFile keys = KeyFile.read(PolicyFiles.newKeys());
        RootFiles roots = new RootFiles(folder.resolve("roots"), config.rootLifetime());
        PolicyMirror mirror = mirror(roots);
        assertThat(take(mirror, keys, roots.upTo(keys, now))).isEqualTo(Taken.CHANGED);
        var active = mirror.state().active();
        for (Duration later : List.of(Duration.ofHours(11), Duration.ofHours(13))) {
            List<PolicyDelivered> next = new ReleaseSigner(ACME, keys, config, now.plus(later)).next(active, roots.read(),
                    active.targets().targets(), List.of());
            assertThat(next).as("after " + later).hasSize(later.toHours() > 12 ? 1 : 0);
        }
    }

    @Test
    void keysThatOthersCanReadAndThoseThatAreNoneAreRefused() throws IOException {
        Path keys = PolicyFiles.newKeys();
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-")) {
            assertThat(Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(permissions))).isEqualTo(keys);
            assertThatThrownBy(() -> KeyFile.read(keys)).isInstanceOf(IOException.class).hasMessageContaining("chmod 600");
        }
        assertThat(Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"))).isEqualTo(keys);
        String secret = line(keys, "targets=").substring("targets=".length());
        String text = Files.readString(keys);
        for (String bad : List.of(text.replace(secret, ""), text.replace(secret, secret.substring(2)), text.replace(secret, "x" + secret.substring(1)))) {
            Files.writeString(keys, bad);
            assertThatThrownBy(() -> KeyFile.read(keys)).isInstanceOf(IllegalArgumentException.class).message()
                    .contains("targets").doesNotContain(secret.substring(4, 60));
        }
    }

    private Taken take(PolicyMirror mirror, KeyFile keys, List<byte[]> roots) throws IOException {
        PolicyVersion policy = new PolicyVersion("licences", "1.0");
        byte[] snapshot = CanonicalJson.of(JsonNodeFactory.instance.objectNode().put("policy_id", "licences").put("version", "1.0"));
        ReleasedPolicy released = new ReleasedPolicy(policy, snapshot, new ReleaseTerms(1, Rollout.everyone(), FailMode.OPEN, null));
        assertThat(mirror.open()).isTrue();
        Taken last = Taken.NOTHING;
        var next = new ReleaseSigner(ACME, keys, config, now.plusSeconds(mirror.state().rootVersion())).next(mirror.state().active(), roots,
                Map.of(policy, ReleaseSigner.targets(List.of(released)).get(policy)), List.of(released));
        if (next.isEmpty()) {
            next = new ReleaseSigner(ACME, keys, config, now.plus(Duration.ofHours(13))).next(mirror.state().active(), roots,
                    ReleaseSigner.targets(List.of(released)), List.of(released));
        }
        for (PolicyDelivered one : next) {
            last = mirror.take(one);
        }
        return last;
    }

    private PolicyMirror mirror(RootFiles roots) {
        Path snapshots = folder.resolve("snapshots");
        return new PolicyMirror(ACME, new PolicyFolder(folder.resolve("release"), snapshots, policy -> snapshots.resolve(policy.path())),
                () -> roots.read().stream().findFirst(), Clock.systemUTC());
    }

    private static void replace(Path keys, String name, Path other) throws IOException {
        Files.writeString(keys, Files.readString(keys).replace(line(keys, name), line(other, name)));
    }

    private static String line(Path keys, String name) throws IOException {
        return Files.readAllLines(keys).stream().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    }

    /** What the settings are by default. */
    private static final class Lifetimes implements SigningConfig {
        @Override
        public Optional<Path> keys() {
            return Optional.empty();
        }

        @Override
        public Duration rootLifetime() {
            return Duration.ofDays(3650);
        }

        @Override
        public Duration releaseLifetime() {
            return Duration.ofDays(365);
        }

        @Override
        public Duration timestampLifetime() {
            return Duration.ofDays(1);
        }

        @Override
        public Duration look() {
            return Duration.ofMinutes(1);
        }
    }
}
