package io.zeroui.contracts.policy.trust;

import static io.zeroui.contracts.policy.trust.PolicyObjection.EQUIVOCATION;
import static io.zeroui.contracts.policy.trust.PolicyObjection.EXPIRED;
import static io.zeroui.contracts.policy.trust.PolicyObjection.FAST_FORWARD;
import static io.zeroui.contracts.policy.trust.PolicyObjection.MALFORMED;
import static io.zeroui.contracts.policy.trust.PolicyObjection.MIXED_VERSIONS;
import static io.zeroui.contracts.policy.trust.PolicyObjection.NOT_A_TARGET;
import static io.zeroui.contracts.policy.trust.PolicyObjection.ROLLBACK;
import static io.zeroui.contracts.policy.trust.PolicyObjection.SKIPPED_ROOT;
import static io.zeroui.contracts.policy.trust.PolicyObjection.TOO_FEW_SIGNATURES;
import static io.zeroui.contracts.policy.trust.PolicyObjection.TOO_LARGE;
import static io.zeroui.contracts.policy.trust.PolicyObjection.WRONG_HASH;
import static io.zeroui.contracts.policy.trust.PolicyObjection.WRONG_NAME;
import static io.zeroui.contracts.policy.trust.PolicyObjection.WRONG_ROLE;
import static io.zeroui.contracts.policy.trust.PolicyObjection.WRONG_TENANT;
import static io.zeroui.contracts.policy.trust.PolicyRepository.NOON;
import static io.zeroui.contracts.policy.trust.PolicyRepository.newKeys;
import static io.zeroui.contracts.policy.trust.PolicyRepository.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.trust.Metadata.Snapshot;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that an attacker on the way, or with some of the keys, may send is believed. */
class PolicyTrustTest {

    private static final PolicyVersion LICENCES = new PolicyVersion("licences", "1.0.0");

    private final PolicyRepository repository = new PolicyRepository("acme").policy("licences", "1.0.0", "allow").publish();

    /** What an attacker sends to somebody who believes the repository's first release. */
    private interface Attack {
        PolicyTrust on(PolicyTrust believed, PolicyRepository repository) throws PolicyRefused;
    }

    private static Arguments attack(String name, PolicyObjection objection, Attack attack) {
        return Arguments.of(Named.of(name, attack), objection);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(onSignatures(), onVersions(), onTimes(), onForms(), onPolicies()).flatMap(List::stream);
    }

    private static List<Arguments> onSignatures() {
        return List.of(
                attack("a timestamp signed by a stranger", TOO_FEW_SIGNATURES, (trust, from) -> trust.withTimestamp(
                        MetadataCodec.sign(from.timestampOf(from.snapshot, 2), newKeys(1)), NOON)),
                attack("a timestamp signed by the snapshot's key", TOO_FEW_SIGNATURES, (trust, from) -> trust.withTimestamp(
                        MetadataCodec.sign(from.timestampOf(from.snapshot, 2), from.keys.get(RoleName.SNAPSHOT)), NOON)),
                attack("a timestamp without a signature", TOO_FEW_SIGNATURES, (trust, from) -> trust.withTimestamp(
                        MetadataCodec.sign(from.timestampOf(from.snapshot, 2), List.of()), NOON)),
                attack("a timestamp changed behind its signature", TOO_FEW_SIGNATURES, (trust, from) -> trust.withTimestamp(
                        replaced(from.publish().timestamp, "\"version\":2}", "\"version\":3}"), NOON)),
                attack("targets by one of two keys", TOO_FEW_SIGNATURES, (trust, from) -> withTargets(trust, from,
                        from.keys.get(RoleName.TARGETS).subList(0, 1))),
                attack("targets by one key twice", TOO_FEW_SIGNATURES, (trust, from) -> {
                    Ed25519KeyPair one = from.keys.get(RoleName.TARGETS).get(0);
                    return withTargets(trust, from, List.of(one, one));
                }),
                attack("targets by a key and a stranger's", TOO_FEW_SIGNATURES, (trust, from) -> withTargets(trust, from,
                        List.of(from.keys.get(RoleName.TARGETS).get(0), newKeys(1).get(0)))),
                attack("a snapshot by the timestamp's key", TOO_FEW_SIGNATURES, (trust, from) -> {
                    from.version = 2;
                    byte[] snapshot = MetadataCodec.sign(from.snapshotOf(from.targets, 2), from.keys.get(RoleName.TIMESTAMP));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON);
                }),
                attack("a timestamp by a key that was replaced", TOO_FEW_SIGNATURES, (trust, from) -> {
                    byte[] old = from.publish().timestamp;
                    return trust.withRoot(from.rotate(RoleName.TIMESTAMP).roots.get(1)).withTimestamp(old, NOON);
                }),
                attack("a root by one of the old keys", TOO_FEW_SIGNATURES, (trust, from) -> trust.withRoot(
                        MetadataCodec.sign(from.root(2), from.keys.get(RoleName.ROOT).subList(0, 1)))),
                attack("a root by new keys only", TOO_FEW_SIGNATURES, (trust, from) -> {
                    from.keys.put(RoleName.ROOT, newKeys(3));
                    return trust.withRoot(MetadataCodec.sign(from.root(2), from.keys.get(RoleName.ROOT)));
                }),
                attack("a root by old keys only", TOO_FEW_SIGNATURES, (trust, from) -> {
                    List<Ed25519KeyPair> old = from.keys.get(RoleName.ROOT);
                    from.keys.put(RoleName.ROOT, newKeys(3));
                    return trust.withRoot(MetadataCodec.sign(from.root(2), old));
                }),
                attack("a root of another repository", TOO_FEW_SIGNATURES, (trust, from) -> trust.withRoot(
                        new PolicyRepository("acme").rotate(RoleName.ROOT).roots.get(1))));
    }

    private static List<Arguments> onVersions() {
        return List.of(
                attack("an older timestamp", ROLLBACK, (trust, from) -> {
                    byte[] old = from.timestamp;
                    return from.publish().fetchAll(trust).withTimestamp(old, NOON);
                }),
                attack("a newer timestamp of an older snapshot", ROLLBACK, (trust, from) -> {
                    byte[] old = from.snapshot;
                    PolicyTrust newer = from.publish().fetchAll(trust);
                    Timestamp back = new Timestamp(from.tenant, 3, NOON.plusSeconds(60), NOON, FileMeta.of(1, old));
                    return newer.withTimestamp(sign(from, RoleName.TIMESTAMP, back), NOON);
                }),
                attack("a newer snapshot of older targets", ROLLBACK, (trust, from) -> {
                    byte[] old = from.targets;
                    PolicyTrust newer = from.publish().fetchAll(trust);
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, new Snapshot(from.tenant, 3, NOON.plusSeconds(60), FileMeta.of(1, old)));
                    from.version = 3;
                    return promised(newer, from, snapshot).withSnapshot(snapshot, NOON);
                }),
                attack("another timestamp of the same version", EQUIVOCATION, (trust, from) -> trust.withTimestamp(
                        sign(from, RoleName.TIMESTAMP, new Timestamp(from.tenant, 1, NOON.plusSeconds(60), NOON, FileMeta.of(1, from.snapshot))),
                        NOON)),
                attack("another snapshot of the same version", EQUIVOCATION, (trust, from) -> trust.withTimestamp(
                        sign(from, RoleName.TIMESTAMP, new Timestamp(from.tenant, 2, NOON.plusSeconds(60), NOON, new FileMeta(1, 9, Hash.ZERO))),
                        NOON)),
                attack("other targets of the same version", EQUIVOCATION, (trust, from) -> {
                    from.version = 2;
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, new Snapshot(from.tenant, 2, NOON.plusSeconds(60), new FileMeta(1, 9, Hash.ZERO)));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON);
                }),
                attack("a timestamp of a version without end", FAST_FORWARD, (trust, from) -> trust.withTimestamp(
                        sign(from, RoleName.TIMESTAMP, from.timestampOf(from.snapshot, (1L << 53) - 1)), NOON)),
                attack("a snapshot of a version without end", FAST_FORWARD, (trust, from) -> {
                    from.version = 1L << 40;
                    return trust.withTimestamp(sign(from, RoleName.TIMESTAMP, from.timestampOf(from.snapshot, 2)), NOON);
                }),
                attack("targets of a version without end", FAST_FORWARD, (trust, from) -> {
                    from.version = 2;
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT,
                            new Snapshot(from.tenant, 2, NOON.plusSeconds(60), FileMeta.of(1L << 40, from.targets)));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON);
                }),
                attack("a snapshot of another version than promised", MIXED_VERSIONS, (trust, from) -> {
                    byte[] snapshot = MetadataCodec.sign(from.publish().snapshotOf(from.targets, 7), from.keys.get(RoleName.SNAPSHOT));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON);
                }),
                attack("targets of another version than promised", MIXED_VERSIONS, (trust, from) -> {
                    from.publish();
                    byte[] targets = MetadataCodec.sign(new Targets(from.tenant, 9, NOON.plusSeconds(60), Map.of()), from.keys.get(RoleName.TARGETS));
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, from.snapshotOf(targets, 2));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON).withTargets(targets, NOON);
                }),
                attack("the targets of the release before", WRONG_HASH, (trust, from) -> {
                    byte[] old = from.targets;
                    return from.policy("licences", "1.0.1", "allow").publish().fetchAll(trust).withTargets(
                            Arrays.copyOf(old, Math.min(old.length, from.targets.length)), NOON);
                }),
                attack("a root that skips a step", SKIPPED_ROOT, (trust, from) -> trust.withRoot(
                        MetadataCodec.sign(from.root(3), from.keys.get(RoleName.ROOT)))),
                attack("the same root again", ROLLBACK, (trust, from) -> trust.withRoot(from.roots.get(0))),
                attack("an older root", ROLLBACK, (trust, from) -> trust.withRoot(from.rotate(RoleName.SNAPSHOT).roots.get(1))
                        .withRoot(from.roots.get(0))));
    }

    private static List<Arguments> onTimes() {
        return List.of(
                attack("a timestamp that has expired", EXPIRED, (trust, from) -> trust.withTimestamp(from.publish().timestamp,
                        NOON.plus(Duration.ofHours(1)))),
                attack("the believed timestamp, frozen until it has expired", EXPIRED, (trust, from) -> trust.withTimestamp(from.timestamp,
                        NOON.plus(Duration.ofHours(2)))),
                attack("an expired timestamp and a clock set back", EXPIRED, (trust, from) -> {
                    byte[] old = from.publish().timestamp;
                    from.now = NOON.plus(Duration.ofHours(3));
                    Timestamp held = new Timestamp(from.tenant, 9, NOON.plus(Duration.ofHours(1)), NOON.minusSeconds(9),
                            FileMeta.of(3, from.publish().snapshot));
                    assertThat(old).isNotEmpty();
                    return from.fetchAll(trust).withTimestamp(sign(from, RoleName.TIMESTAMP, held), NOON);
                }),
                attack("a snapshot that has expired", EXPIRED, (trust, from) -> {
                    from.version = 2;
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, new Snapshot(from.tenant, 2, NOON, FileMeta.of(2, from.targets)));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON);
                }),
                attack("targets that have expired", EXPIRED, (trust, from) -> {
                    from.version = 2;
                    byte[] targets = MetadataCodec.sign(new Targets(from.tenant, 2, NOON, Map.of()), from.keys.get(RoleName.TARGETS));
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, from.snapshotOf(targets, 2));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON).withTargets(targets, NOON);
                }),
                attack("everything under a root that has expired", EXPIRED, (trust, from) -> {
                    from.now = NOON.plus(Duration.ofDays(365));
                    return trust.withTimestamp(from.publish().timestamp, from.now);
                }),
                attack("a timestamp that was never valid", MALFORMED, (trust, from) -> trust.withTimestamp(signedText(from, RoleName.TIMESTAMP,
                        from.publish().timestamp, "\"expires\":\"2026-11-22T13", "\"expires\":\"2026-11-22T12"), NOON)));
    }

    private static List<Arguments> onForms() {
        return List.of(
                attack("another tenant's timestamp under the same keys", WRONG_TENANT, (trust, from) -> trust.withTimestamp(
                        sign(from, RoleName.TIMESTAMP, other(from).timestampOf(from.snapshot, 2)), NOON)),
                attack("another tenant's snapshot under the same keys", WRONG_TENANT, (trust, from) -> {
                    from.version = 2;
                    PolicyRepository other = other(from);
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, other.snapshotOf(from.targets, 2));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON);
                }),
                attack("another tenant's targets under the same keys", WRONG_TENANT, (trust, from) -> {
                    from.version = 2;
                    byte[] targets = MetadataCodec.sign(other(from).targetsNow(), from.keys.get(RoleName.TARGETS));
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, from.snapshotOf(targets, 2));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON).withTargets(targets, NOON);
                }),
                attack("a snapshot for a timestamp", WRONG_ROLE, (trust, from) -> {
                    from.keys.put(RoleName.SNAPSHOT, from.keys.get(RoleName.TIMESTAMP));
                    return trust.withTimestamp(from.publish().snapshot, NOON);
                }),
                attack("a timestamp as long as a disk", TOO_LARGE, (trust, from) -> trust.withTimestamp(
                        padded(from.publish().timestamp, 1 << 20), NOON)),
                attack("targets that go on behind their end", TOO_LARGE, (trust, from) -> trust.withTargets(
                        padded(from.targets, from.targets.length + 1), NOON)),
                attack("a snapshot that goes on behind its end", TOO_LARGE, (trust, from) -> trust.withSnapshot(
                        padded(from.snapshot, from.snapshot.length + 1), NOON)),
                attack("a snapshot with a bit changed", WRONG_HASH, (trust, from) -> {
                    byte[] bytes = from.snapshot.clone();
                    bytes[20] ^= 1;
                    return trust.withSnapshot(bytes, NOON);
                }),
                attack("JSON that is deep", MALFORMED, (trust, from) -> trust.withTimestamp(
                        ("{\"signatures\":[],\"signed\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(501)).getBytes(StandardCharsets.UTF_8), NOON)),
                attack("a root that is deep", MALFORMED, (trust, from) -> trust.withRoot(
                        ("[".repeat(9_000) + "]".repeat(9_000)).getBytes(StandardCharsets.UTF_8))),
                attack("no JSON", MALFORMED, (trust, from) -> trust.withTimestamp("timestamp".getBytes(StandardCharsets.UTF_8), NOON)),
                attack("nothing", MALFORMED, (trust, from) -> trust.withTimestamp(new byte[0], NOON)),
                attack("a member twice", MALFORMED, (trust, from) -> trust.withTimestamp(
                        replaced(from.publish().timestamp, "\"version\":2}", "\"version\":2,\"version\":3}"), NOON)),
                attack("a thousand signatures", MALFORMED, (trust, from) -> trust.withRoot(
                        MetadataCodec.sign(from.root(2), newKeys(65)))),
                attack("a key under another key's id", MALFORMED, (trust, from) -> {
                    String id = KeyIds.of(from.keys.get(RoleName.TIMESTAMP).get(0).publicKey());
                    String other = KeyIds.of(newKeys(1).get(0).publicKey());
                    return trust.withRoot(replaced(from.rotate(RoleName.SNAPSHOT).roots.get(1), id, other));
                }),
                attack("a threshold of zero", MALFORMED, (trust, from) -> trust.withRoot(
                        replaced(from.rotate(RoleName.SNAPSHOT).roots.get(1), "\"threshold\":1", "\"threshold\":0"))));
    }

    private static List<Arguments> onPolicies() {
        return List.of(
                attack("a policy that is no target", NOT_A_TARGET, (trust, from) -> require(trust, new PolicyVersion("licences", "1.0.1"),
                        from.policy("licences", "1.0.0"))),
                attack("a policy with other bytes", WRONG_HASH, (trust, from) -> require(trust, LICENCES,
                        replaced(from.policy("licences", "1.0.0"), "allow", "wolla"))),
                attack("a policy that goes on behind its end", TOO_LARGE, (trust, from) -> require(trust, LICENCES,
                        padded(from.policy("licences", "1.0.0"), 1 << 20))),
                attack("a policy that is cut off", WRONG_HASH, (trust, from) -> require(trust, LICENCES,
                        Arrays.copyOf(from.policy("licences", "1.0.0"), 9))),
                attack("another policy's content under this one's name", WRONG_NAME, (trust, from) -> {
                    from.policies.put(LICENCES, from.policy("secrets", "1.0.0", "deny").policy("secrets", "1.0.0"));
                    return require(from.publish().fetchAll(trust), LICENCES, from.policy("licences", "1.0.0"));
                }),
                attack("a path out of the folder", MALFORMED, (trust, from) -> {
                    from.version = 2;
                    byte[] targets = signedText(from, RoleName.TARGETS, MetadataCodec.sign(from.targetsNow(), List.of()), "licences/1.0.0.json",
                            "../../licences/1.0.0.json");
                    byte[] snapshot = sign(from, RoleName.SNAPSHOT, from.snapshotOf(targets, 2));
                    return promised(trust, from, snapshot).withSnapshot(snapshot, NOON).withTargets(targets, NOON);
                }));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void whatIsNotToBeBelievedIsRefused(Attack attack, PolicyObjection objection) throws PolicyRefused {
        PolicyTrust believed = repository.fetchAll(PolicyTrust.begin(repository.tenant, repository.roots.get(0)));
        byte[] good = repository.policy("licences", "1.0.0");

        assertThatThrownBy(() -> attack.on(believed, repository)).isInstanceOfSatisfying(PolicyRefused.class,
                refused -> assertThat(refused.objection()).isEqualTo(objection));

        assertThat(believed.isComplete()).isTrue();
        assertThat(believed.requirePolicy(LICENCES, good).path("policy_id").asText()).isEqualTo("licences");
    }

    @Test
    void manyAttacksAreTried() {
        assertThat(attacks().count()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void everyReleaseAndRotationIsFollowed() throws PolicyRefused {
        PolicyTrust trust = repository.fetchAll(PolicyTrust.begin(repository.tenant, repository.roots.get(0)));
        List<RoleName> roles = new ArrayList<>(List.of(RoleName.values()));
        for (int i = 0; i < 12; i++) {
            repository.rotate(roles.get(i % roles.size())).policy("secrets", "1.0." + i, "deny");
            repository.now = repository.now.plus(Duration.ofDays(20));
            trust = repository.publish().fetchAll(trust);
            assertThat(trust.isComplete()).isTrue();
            assertThat(trust.isFresh(repository.now)).isTrue();
            assertThat(trust.requirePolicy(new PolicyVersion("secrets", "1.0." + i), repository.policy("secrets", "1.0." + i))).isNotEmpty();
        }
        assertThat(trust.root().version()).isEqualTo(13);
        assertThat(trust.isFresh(repository.now.plus(Duration.ofHours(1)))).isFalse();
        assertThat(trust.isFresh(Instant.EPOCH)).as("by a clock that was set back").isTrue();
    }

    @Test
    void partsOfTwoReleasesAreNeverUsed() throws PolicyRefused {
        PolicyTrust believed = repository.fetchAll(PolicyTrust.begin(repository.tenant, repository.roots.get(0)));
        repository.policy("licences", "1.0.1", "deny").publish();

        PolicyTrust half = believed.withTimestamp(repository.timestamp, NOON);
        assertThat(half.isComplete()).isFalse();
        assertThatThrownBy(() -> half.requirePolicy(LICENCES, repository.policy("licences", "1.0.0")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> half.withTargets(repository.targets, NOON)).isInstanceOf(IllegalStateException.class);
        PolicyTrust more = half.withSnapshot(repository.snapshot, NOON);
        assertThat(more.isComplete()).isFalse();
        assertThat(more.withTargets(repository.targets, NOON).isComplete()).isTrue();
    }

    /** Who had the timestamp's key and has signed the highest version that is believed does not keep newer ones away. */
    @Test
    void aRotationForgetsWhatTheOldKeysHaveSigned() throws PolicyRefused {
        PolicyTrust believed = repository.fetchAll(PolicyTrust.begin(repository.tenant, repository.roots.get(0)));
        byte[] high = sign(repository, RoleName.TIMESTAMP, repository.timestampOf(repository.snapshot, 1 + Versions.MAX_AHEAD));
        PolicyTrust ahead = believed.withTimestamp(high, NOON);

        repository.rotate(RoleName.TIMESTAMP).publish();

        assertThat(repository.fetchAll(ahead).timestamp()).isNotNull().satisfies(newest -> assertThat(newest.version()).isEqualTo(2));
    }

    @Test
    void aRotationForgetsHowLateTheOldKeysHaveSaidItIs() throws PolicyRefused {
        PolicyTrust believed = repository.fetchAll(PolicyTrust.begin(repository.tenant, repository.roots.get(0)));
        Instant late = NOON.plus(Duration.ofDays(300));
        PolicyTrust ahead = believed.withTimestamp(sign(repository, RoleName.TIMESTAMP,
                new Timestamp(repository.tenant, 2, late.plusSeconds(60), late, FileMeta.of(1, repository.snapshot))), NOON);
        assertThatThrownBy(() -> repository.publish(3).fetchAll(ahead)).isInstanceOf(PolicyRefused.class);

        assertThat(repository.rotate(RoleName.TIMESTAMP).publish(4).fetchAll(ahead).isFresh(NOON)).isTrue();
    }

    private static PolicyTrust withTargets(PolicyTrust trust, PolicyRepository from, List<Ed25519KeyPair> keys) throws PolicyRefused {
        from.version = 2;
        byte[] targets = MetadataCodec.sign(from.targetsNow(), keys);
        byte[] snapshot = sign(from, RoleName.SNAPSHOT, from.snapshotOf(targets, 2));
        return promised(trust, from, snapshot).withSnapshot(snapshot, NOON).withTargets(targets, NOON);
    }

    /** With a timestamp that promises the snapshot: whoever has that key alone. */
    private static PolicyTrust promised(PolicyTrust trust, PolicyRepository from, byte[] snapshot) throws PolicyRefused {
        return trust.withTimestamp(sign(from, RoleName.TIMESTAMP, from.timestampOf(snapshot, from.version)), NOON);
    }

    private static byte[] sign(PolicyRepository from, RoleName role, Metadata metadata) {
        return MetadataCodec.sign(metadata, from.keys.get(role));
    }

    /** A document whose text was changed, with good signatures over it. */
    private static byte[] signedText(PolicyRepository from, RoleName role, byte[] document, String text, String by) throws PolicyRefused {
        var limits = new io.zeroui.contracts.json.JsonLimits(1 << 20, 16, 16_384, 20, 10_000);
        return SignedMetadata.sign(SignedMetadata.parse(replaced(document, text, by), limits).signed(),
                from.keys.get(role).stream().map(MetadataSigner::of).toList());
    }

    private static PolicyTrust require(PolicyTrust trust, PolicyVersion policy, byte[] document) throws PolicyRefused {
        assertThat(trust.requirePolicy(policy, document)).isNotNull();
        return trust;
    }

    private static PolicyRepository other(PolicyRepository from) {
        PolicyRepository other = new PolicyRepository("globex");
        other.version = 2;
        other.snapshot = from.snapshot;
        return other;
    }

    private static byte[] padded(byte[] document, int length) {
        byte[] longer = Arrays.copyOf(document, length);
        Arrays.fill(longer, document.length, length, (byte) ' ');
        return longer;
    }
}
