package io.zeroui.contracts.policy.trust;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.trust.Metadata.Root;
import io.zeroui.contracts.policy.trust.Metadata.Snapshot;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Signs releases for one tenant: two of three keys for root, two of two for targets, one for snapshot and timestamp each. */
final class PolicyRepository {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final TenantId tenant;
    final Map<RoleName, List<Ed25519KeyPair>> keys = new EnumMap<>(RoleName.class);
    final Map<RoleName, Integer> thresholds = new EnumMap<>(RoleName.class);
    final Map<PolicyVersion, byte[]> policies = new TreeMap<>();
    final List<byte[]> roots = new ArrayList<>();
    long version;
    Instant now = NOON;
    byte[] timestamp = {};
    byte[] snapshot = {};
    byte[] targets = {};

    PolicyRepository(String tenant) {
        this.tenant = TenantId.of(tenant);
        keys.put(RoleName.ROOT, newKeys(3));
        keys.put(RoleName.TARGETS, newKeys(2));
        keys.put(RoleName.SNAPSHOT, newKeys(1));
        keys.put(RoleName.TIMESTAMP, newKeys(1));
        thresholds.putAll(Map.of(RoleName.ROOT, 2, RoleName.TARGETS, 2, RoleName.SNAPSHOT, 1, RoleName.TIMESTAMP, 1));
        roots.add(MetadataCodec.sign(root(1), keys.get(RoleName.ROOT).subList(0, 2)));
    }

    static List<Ed25519KeyPair> newKeys(int count) {
        List<Ed25519KeyPair> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(Ed25519.newKeyPair());
        }
        return made;
    }

    Root root(long number) {
        Map<String, io.zeroui.contracts.signature.Ed25519PublicKey> all = new HashMap<>();
        Map<RoleName, Role> roles = new EnumMap<>(RoleName.class);
        keys.forEach((name, pairs) -> {
            pairs.forEach(pair -> all.put(KeyIds.of(pair.publicKey()), pair.publicKey()));
            Set<String> ids = pairs.stream().map(pair -> KeyIds.of(pair.publicKey())).collect(Collectors.toSet());
            roles.put(name, new Role(ids, thresholds.get(name)));
        });
        return new Root(number, now.plus(Duration.ofDays(365)), all, roles);
    }

    /** Gives a role new keys by the next root, which the keys of the one before sign too. */
    PolicyRepository rotate(RoleName role) {
        List<Ed25519KeyPair> signers = new ArrayList<>(keys.get(RoleName.ROOT).subList(0, 2));
        keys.put(role, newKeys(keys.get(role).size()));
        if (role == RoleName.ROOT) {
            signers.addAll(keys.get(role).subList(0, 2));
        }
        roots.add(MetadataCodec.sign(root(roots.size() + 1L), signers));
        return this;
    }

    PolicyRepository policy(String id, String policyVersion, String rule) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("policy_id", id).put("version", policyVersion);
        document.putObject("policy_content").put("rule", rule);
        policies.put(new PolicyVersion(id, policyVersion), CanonicalJson.of(document));
        return this;
    }

    PolicyRepository publish() {
        return publish(version + 1);
    }

    PolicyRepository publish(long next) {
        version = next;
        targets = MetadataCodec.sign(targetsNow(), keys.get(RoleName.TARGETS));
        snapshot = MetadataCodec.sign(snapshotOf(targets, version), keys.get(RoleName.SNAPSHOT));
        timestamp = MetadataCodec.sign(timestampOf(snapshot, version), keys.get(RoleName.TIMESTAMP));
        return this;
    }

    Targets targetsNow() {
        Map<PolicyVersion, Target> listed = new HashMap<>();
        policies.forEach((policy, bytes) -> listed.put(policy, new Target(bytes.length, Hash.of(bytes), JsonNodeFactory.instance.objectNode())));
        return new Targets(tenant, version, now.plus(Duration.ofDays(90)), listed);
    }

    Snapshot snapshotOf(byte[] promised, long number) {
        return new Snapshot(tenant, number, now.plus(Duration.ofDays(7)), FileMeta.of(version, promised));
    }

    Timestamp timestampOf(byte[] promised, long number) {
        return new Timestamp(tenant, number, now.plus(Duration.ofHours(1)), now, FileMeta.of(version, promised));
    }

    byte[] policy(String id, String policyVersion) {
        return policies.get(new PolicyVersion(id, policyVersion));
    }

    /** What somebody believes who fetches everything. */
    PolicyTrust fetchAll(PolicyTrust before) throws PolicyRefused {
        PolicyTrust trust = before;
        for (int i = (int) before.root().version(); i < roots.size(); i++) {
            trust = trust.withRoot(roots.get(i));
        }
        return trust.withTimestamp(timestamp, now).withSnapshot(snapshot, now).withTargets(targets, now);
    }

    static byte[] replaced(byte[] document, String text, String by) {
        String before = new String(document, StandardCharsets.UTF_8);
        if (!before.contains(text)) {
            throw new IllegalArgumentException("there is no " + text + " in " + before);
        }
        return before.replace(text, by).getBytes(StandardCharsets.UTF_8);
    }
}
