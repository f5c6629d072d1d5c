package io.zeroui.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.delivery.PolicyRelease;
import io.zeroui.contracts.policy.delivery.PolicySender;
import io.zeroui.contracts.policy.delivery.PolicySender.Known;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.trust.FileMeta;
import io.zeroui.contracts.policy.trust.KeyIds;
import io.zeroui.contracts.policy.trust.Metadata.Root;
import io.zeroui.contracts.policy.trust.Metadata.Snapshot;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.policy.trust.MetadataCodec;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.policy.trust.Role;
import io.zeroui.contracts.policy.trust.RoleName;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Signs a tenant's policies with keys of its own, as the product plane does, and answers who asks for them. */
public final class PolicyOrigin {

    private final TenantId tenant;
    private final Map<RoleName, Ed25519KeyPair> keys = new EnumMap<>(RoleName.class);
    private final List<byte[]> roots = new ArrayList<>();
    private final Map<PolicyVersion, byte[]> released = new TreeMap<>();
    private final Map<PolicyVersion, ReleaseTerms> terms = new TreeMap<>();
    /** Everything that was ever signed, for deltas. */
    private final Map<Hash, byte[]> snapshots = new HashMap<>();
    private final Map<Long, Known> targets = new HashMap<>();
    private @Nullable String type;
    private Instant now;
    private long version;
    private long order;
    private @Nullable PolicyTrust chain;
    private byte[] timestamp = {};
    private byte[] snapshot = {};

    /** With new keys, and nothing released. */
    public PolicyOrigin(TenantId tenant, Instant now) {
        this.tenant = tenant;
        this.now = now;
        for (RoleName role : RoleName.values()) {
            keys.put(role, Ed25519.newKeyPair());
        }
        roots.add(MetadataCodec.sign(root(1), List.of(keys.get(RoleName.ROOT))));
    }

    /** The first root. */
    public byte[] anchor() {
        return roots.get(0);
    }

    /** Sets its clock. */
    public PolicyOrigin at(Instant time) {
        now = time;
        return this;
    }

    /** Gives what is released from now on a type; null for none. */
    public PolicyOrigin ofType(@Nullable String of) {
        type = of;
        return this;
    }

    /** Releases a version for all edges in the place of others of the policy. */
    public PolicyOrigin release(String policy, String policyVersion, Consumer<ObjectNode> content) {
        released.keySet().removeIf(other -> other.policyId().equals(policy));
        terms.keySet().removeIf(other -> other.policyId().equals(policy));
        return release(policy, policyVersion, Rollout.everyone(), content);
    }

    /** Releases a version for some edges, beside others of the policy. */
    public PolicyOrigin release(String policy, String policyVersion, Rollout rollout, Consumer<ObjectNode> content) {
        ObjectNode inside = JsonNodeFactory.instance.objectNode();
        content.accept(inside);
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("policy_id", policy).put("version", policyVersion)
                .put("snapshot_hash", Hash.of(CanonicalJson.of(inside)).prefixed());
        document.set("policy_content", inside);
        if (type != null) {
            document.putObject("metadata").put("type", type).put("scope", "org").put("enforcement", "warn");
        }
        PolicyVersion id = new PolicyVersion(policy, policyVersion);
        released.put(id, CanonicalJson.of(document));
        order++;
        terms.put(id, new ReleaseTerms(order, rollout, FailMode.CLOSED, null));
        return this;
    }

    /** Changes the terms of a version that is released. */
    public PolicyOrigin terms(PolicyVersion policy, ReleaseTerms changed) {
        terms.put(policy, changed);
        return this;
    }

    /** Takes a version back. */
    public PolicyOrigin revoke(PolicyVersion policy) {
        released.remove(policy);
        terms.remove(policy);
        return this;
    }

    /** Gives a role another key, by the next root. */
    public PolicyOrigin rotate(RoleName role) {
        List<Ed25519KeyPair> signers = new ArrayList<>(List.of(keys.get(RoleName.ROOT)));
        keys.put(role, Ed25519.newKeyPair());
        if (role == RoleName.ROOT) {
            signers.add(keys.get(role));
        }
        roots.add(MetadataCodec.sign(root(roots.size() + 1), signers));
        return this;
    }

    /** Signs what is released. */
    public PolicyOrigin publish() {
        version++;
        Map<PolicyVersion, Target> listed = new HashMap<>();
        released.forEach((policy, bytes) -> {
            listed.put(policy, new Target(bytes.length, Hash.of(bytes), Objects.requireNonNull(terms.get(policy)).write()));
            snapshots.put(Hash.of(bytes), bytes);
        });
        Targets signed = new Targets(tenant, version, now.plus(Duration.ofDays(365)), listed);
        byte[] document = sign(RoleName.TARGETS, signed);
        targets.put(version, new Known(signed, document));
        snapshot = sign(RoleName.SNAPSHOT, new Snapshot(tenant, version, now.plus(Duration.ofDays(365)), FileMeta.of(version, document)));
        return stamp(version);
    }

    /** Signs a timestamp of a snapshot that is there already. */
    public PolicyOrigin stamp(long timestampVersion) {
        timestamp = sign(RoleName.TIMESTAMP, new Timestamp(tenant, timestampVersion, now.plus(Duration.ofDays(1)), now,
                FileMeta.of(version, snapshot)));
        return this;
    }

    /** What was released last, by policy. */
    public Map<PolicyVersion, byte[]> released() {
        return Map.copyOf(released);
    }

    /** Version of the last release. */
    public long version() {
        return version;
    }

    /** The key of a role. */
    public Ed25519KeyPair key(RoleName role) {
        return Objects.requireNonNull(keys.get(role));
    }

    /** Everything, without deltas. */
    public List<PolicyDelivered> whole() {
        return since(0, 0);
    }

    /** What somebody lacks who asked. */
    public List<PolicyDelivered> answer(PolicyAsked asked) {
        return since(asked.rootVersion(), asked.whole() ? 0 : asked.targetsVersion());
    }

    /** What changed since a release, with deltas. */
    public List<PolicyDelivered> since(long rootVersion, long targetsVersion) {
        try {
            if (chain == null) {
                chain = PolicyTrust.begin(tenant, roots.get(0));
            }
            while (chain.root().version() < roots.size()) {
                chain = chain.withRoot(roots.get((int) chain.root().version()));
            }
            byte[] document = Objects.requireNonNull(targets.get(version)).document();
            PolicyTrust trust = chain.withTimestamp(timestamp, now).withSnapshot(snapshot, now).withTargets(document, now);
            PolicyRelease release = new PolicyRelease(roots, roots.size(), new PolicyRelease.Release(timestamp, snapshot, document));
            return new PolicySender(tenant, trust, release, (policy, hash) -> snapshots.get(hash)).since(rootVersion, targets.get(targetsVersion));
        } catch (PolicyRefused e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] sign(RoleName role, io.zeroui.contracts.policy.trust.Metadata metadata) {
        return MetadataCodec.sign(metadata, List.of(keys.get(role)));
    }

    private Root root(int number) {
        Map<String, Ed25519PublicKey> all = new HashMap<>();
        Map<RoleName, Role> roles = new EnumMap<>(RoleName.class);
        keys.forEach((role, pair) -> {
            all.put(KeyIds.of(pair.publicKey()), pair.publicKey());
            roles.put(role, new Role(Set.of(KeyIds.of(pair.publicKey())), 1));
        });
        return new Root(number, now.plus(Duration.ofDays(3650)), all, roles);
    }
}
