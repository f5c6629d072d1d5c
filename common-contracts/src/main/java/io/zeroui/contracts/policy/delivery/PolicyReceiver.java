package io.zeroui.contracts.policy.delivery;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyRelease.Release;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.trust.FileMeta;
import io.zeroui.contracts.policy.trust.Metadata.Snapshot;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes deliveries until they make a release that can be believed as a whole. What is not whole is kept in memory, at most as much as
 * the signed targets promise; what is refused changes nothing but that. Not thread-safe.
 */
public final class PolicyReceiver {

    private final TenantId tenant;
    private final PolicyLibrary library;
    private PolicyRelease committed;
    private PolicyTrust believed;
    private @Nullable PolicyTrust active;
    private Underway underway;

    /** What is being gathered: the documents that were taken, and how far trust has gone with them. */
    private static final class Underway {
        private PolicyTrust trust;
        private final List<byte[]> roots;
        private byte @Nullable [] timestamp;
        private byte @Nullable [] snapshot;
        private byte @Nullable [] targets;
        private final Map<PolicyVersion, byte[]> policies = new HashMap<>();

        private Underway(PolicyTrust trust, PolicyRelease from) {
            this.trust = trust;
            this.roots = new ArrayList<>(from.roots());
            Release release = from.release();
            this.timestamp = release == null ? null : release.timestamp();
            this.snapshot = release == null ? null : release.snapshot();
            this.targets = release == null ? null : release.targets();
        }
    }

    /**
     * What is to be written down, the snapshots first; then {@link #commit}.
     *
     * @param release the file whose replacement is the moment in which it counts
     * @param policies snapshots that were not there before
     * @param trust that has taken all of it; of new roots alone the one before them stays active
     */
    public record Received(PolicyRelease release, Map<PolicyVersion, byte[]> policies, PolicyTrust trust) {

        /** Whether it makes a release active, and not roots alone believed. */
        public boolean isRelease() {
            return release.rootsThen() == release.roots().size() && trust.isComplete();
        }
    }

    private PolicyReceiver(TenantId tenant, PolicyLibrary library, PolicyRelease committed, PolicyTrust believed, @Nullable PolicyTrust active) {
        this.tenant = tenant;
        this.library = library;
        this.committed = committed;
        this.believed = believed;
        this.active = active;
        this.underway = new Underway(believed, committed);
    }

    /**
     * Goes on from what was committed; every signature and hash is checked again, times are not: the last good release stays active.
     *
     * @param anchor a root that came by another way
     * @param committed null for none
     * @throws PolicyRefused when the anchor, or what was committed, cannot be believed
     */
    public static PolicyReceiver begin(TenantId tenant, byte[] anchor, @Nullable PolicyRelease committed, PolicyLibrary library)
            throws PolicyRefused {
        PolicyTrust trust = PolicyTrust.begin(tenant, anchor);
        if (committed == null) {
            return new PolicyReceiver(tenant, library, new PolicyRelease(List.of(anchor), 0, null), trust, null);
        }
        boolean isChainOfAnchor = committed.roots().stream().anyMatch(root -> Arrays.equals(root, anchor));
        if (isChainOfAnchor) { // each root is signed by the one before it: who signed the anchor may begin the chain
            trust = PolicyTrust.begin(tenant, committed.roots().get(0));
        }
        PolicyTrust active = null;
        int index = 0;
        for (byte[] root : committed.roots()) {
            trust = isNext(trust, root) ? trust.withRoot(root) : trust;
            index++;
            Release release = committed.release();
            if (index == committed.rootsThen() && release != null) {
                active = trust.withTimestamp(release.timestamp(), Instant.EPOCH).withSnapshot(release.snapshot(), Instant.EPOCH)
                        .withTargets(release.targets(), Instant.EPOCH);
                requireSnapshots(active, library);
                trust = active;
            }
        }
        return new PolicyReceiver(tenant, library, committed, trust, active);
    }

    private static boolean isNext(PolicyTrust trust, byte[] root) throws PolicyRefused {
        return PolicyTrust.rootVersion(root) > trust.root().version();
    }

    private static void requireSnapshots(PolicyTrust trust, PolicyLibrary library) throws PolicyRefused {
        for (Map.Entry<PolicyVersion, Target> one : targets(trust).entrySet()) {
            byte[] snapshot = library.find(one.getKey(), one.getValue().sha256());
            if (snapshot == null) {
                throw new PolicyRefused(PolicyObjection.WRONG_HASH, "the snapshot of " + one.getKey().id() + " is missing or another one");
            }
        }
    }

    /** What is active; null where nothing is. */
    public @Nullable PolicyTrust active() {
        return active;
    }

    /** What new documents are judged by. */
    public PolicyTrust believed() {
        return believed;
    }

    /** What was committed last. */
    public PolicyRelease committed() {
        return committed;
    }

    /** Whether what is active is the newest that is promised, and nothing of it has expired. */
    public boolean isFresh(Instant now) {
        return active != null && believed.isComplete() && believed.isFresh(now);
    }

    /** Whether something was begun that is not whole. */
    public boolean isGathering() {
        return underway.trust != believed;
    }

    /**
     * Takes a delivery.
     *
     * @return what is to be committed now; null where it brought nothing new, or more must come
     * @throws PolicyRefused when something in it must not be believed; what was gathered is dropped then
     */
    public @Nullable Received take(PolicyDelivered delivery, Instant now) throws PolicyRefused {
        if (!delivery.tenantId().equals(tenant.value())) {
            throw new PolicyRefused(PolicyObjection.WRONG_TENANT, "a delivery for the tenant " + delivery.tenantId());
        }
        try {
            for (PolicyDocument document : delivery.documents()) {
                take(document, now);
            }
            return whole();
        } catch (PolicyRefused | RuntimeException e) {
            underway = new Underway(believed, committed);
            throw e;
        }
    }

    private void take(PolicyDocument document, Instant now) throws PolicyRefused {
        switch (document.kind()) {
            case ROOT -> takeRoot(document);
            case TIMESTAMP -> takeTimestamp(document.bytes(), now);
            case SNAPSHOT -> takeSnapshot(document.bytes(), now);
            case TARGETS -> takeTargets(document, now);
            case POLICY -> takePolicy(document);
        }
    }

    private void takeRoot(PolicyDocument document) throws PolicyRefused {
        byte[] root = document.bytes();
        if (underway.roots.stream().noneMatch(known -> Arrays.equals(known, root))
                && document.version() > underway.trust.root().version()) {
            underway.trust = underway.trust.withRoot(root);
            underway.roots.add(root);
        }
    }

    private void takeTimestamp(byte[] bytes, Instant now) throws PolicyRefused {
        if (underway.trust.timestamp() == null || !Arrays.equals(underway.timestamp, bytes)) {
            underway.trust = underway.trust.withTimestamp(bytes, now);
            underway.timestamp = bytes;
        }
    }

    private void takeSnapshot(byte[] bytes, Instant now) throws PolicyRefused {
        Timestamp promises = underway.trust.timestamp();
        Snapshot known = underway.trust.snapshot();
        if (promises != null && (known == null || known.version() != promises.snapshot().version())) {
            underway.trust = underway.trust.withSnapshot(bytes, now);
            underway.snapshot = bytes;
        }
    }

    private void takeTargets(PolicyDocument document, Instant now) throws PolicyRefused {
        Snapshot promises = underway.trust.snapshot();
        Targets known = underway.trust.targets();
        if (promises != null && (known == null || known.version() != promises.targets().version())) {
            Release release = committed.release();
            byte[] bytes = restored(document, release == null ? null : release.targets(), promises.targets());
            underway.trust = underway.trust.withTargets(bytes, now);
            underway.targets = bytes;
            requireTerms(targets(underway.trust));
            requireImmutable(targets(underway.trust));
        }
    }

    /** Terms that an edge cannot read would leave it without that policy at its next start. Those that are active were read. */
    private void requireTerms(Map<PolicyVersion, Target> next) throws PolicyRefused {
        Map<PolicyVersion, Target> read = activeTargets();
        for (Map.Entry<PolicyVersion, Target> one : next.entrySet()) {
            if (one.getValue().equals(read.get(one.getKey()))) {
                continue;
            }
            try {
                if (ReleaseTerms.read(one.getValue().custom()).order() < 1) {
                    throw new IllegalArgumentException("an order below 1");
                }
            } catch (IllegalArgumentException e) {
                throw new PolicyRefused(PolicyObjection.MALFORMED, "the terms of " + one.getKey().id() + ": " + e.getMessage());
            }
        }
    }

    /** What is active under a name must not be replaced before the rest is whole, so no version ever has other content. */
    private void requireImmutable(Map<PolicyVersion, Target> next) throws PolicyRefused {
        for (Map.Entry<PolicyVersion, Target> one : activeTargets().entrySet()) {
            Target other = next.get(one.getKey());
            if (other != null && !other.sha256().equals(one.getValue().sha256())) {
                throw new PolicyRefused(PolicyObjection.EQUIVOCATION, "another content of " + one.getKey().id());
            }
        }
    }

    private void takePolicy(PolicyDocument document) throws PolicyRefused {
        PolicyVersion policy = policy(document.name());
        Target promised = underway.trust.isComplete() ? targets(underway.trust).get(policy) : null;
        if (promised == null) {
            throw new PolicyRefused(PolicyObjection.NOT_A_TARGET, "nothing promises " + policy.id());
        }
        byte[] bytes = restored(document, base(policy, document.base()), new FileMeta(1, promised.length(), promised.sha256()));
        if (underway.trust.requirePolicy(policy, bytes).isEmpty()) {
            throw new PolicyRefused(PolicyObjection.MALFORMED, "an empty snapshot");
        }
        underway.policies.put(policy, bytes);
    }

    private static PolicyVersion policy(String path) throws PolicyRefused {
        try {
            return PolicyVersion.ofPath(path);
        } catch (IllegalArgumentException e) {
            throw new PolicyRefused(PolicyObjection.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** A version of the policy that is active and has that hash. */
    private byte @Nullable [] base(PolicyVersion policy, @Nullable String hash) {
        if (hash == null) {
            return null;
        }
        return activeTargets().entrySet().stream()
                .filter(one -> one.getKey().policyId().equals(policy.policyId()) && one.getValue().sha256().hex().equals(hash))
                .findFirst().map(one -> library.find(one.getKey(), one.getValue().sha256())).orElse(null);
    }

    private static byte[] restored(PolicyDocument document, byte @Nullable [] base, FileMeta promised) throws PolicyRefused {
        String hash = document.base();
        byte[] bytes = document.bytes();
        if (hash != null) {
            if (base == null || !Hash.of(base).hex().equals(hash)) {
                throw new PolicyRefused(PolicyObjection.WRONG_BASE, "a delta to something that is not here");
            }
            try {
                bytes = JsonDelta.apply(base, document.text());
            } catch (IllegalArgumentException e) {
                throw new PolicyRefused(PolicyObjection.WRONG_BASE, String.valueOf(e.getMessage()));
            }
        }
        promised.require(bytes);
        return bytes;
    }

    private @Nullable Received whole() {
        Underway now = underway;
        PolicyTrust trust = now.trust;
        if (trust == believed) {
            return null;
        }
        byte[] timestamp = now.timestamp;
        byte[] snapshot = now.snapshot;
        byte[] targets = now.targets;
        if (trust.isComplete() && timestamp != null && snapshot != null && targets != null && hasAllPolicies(now)) {
            return new Received(new PolicyRelease(now.roots, now.roots.size(), new Release(timestamp, snapshot, targets)),
                    Map.copyOf(now.policies), trust);
        }
        return now.roots.size() == committed.roots().size() ? null
                : new Received(new PolicyRelease(now.roots, committed.rootsThen(), committed.release()), Map.of(), trust);
    }

    private boolean hasAllPolicies(Underway now) {
        return targets(now.trust).entrySet().stream().allMatch(one -> now.policies.containsKey(one.getKey())
                || library.find(one.getKey(), one.getValue().sha256()) != null);
    }

    /** To be called when what was received is on the disk: from then on it counts. */
    public void commit(Received received) {
        committed = received.release();
        if (received.isRelease()) {
            active = received.trust();
            believed = received.trust();
            underway = new Underway(believed, committed);
        } else {
            believed = rootsOnly(received);
        }
    }

    /** New roots count at once; what else was gathered goes on being gathered. */
    private PolicyTrust rootsOnly(Received received) {
        try {
            PolicyTrust trust = believed;
            for (byte[] root : received.release().roots()) {
                trust = isNext(trust, root) ? trust.withRoot(root) : trust;
            }
            return trust;
        } catch (PolicyRefused e) {
            throw new IllegalStateException("roots that were believed a moment ago", e);
        }
    }

    private Map<PolicyVersion, Target> activeTargets() {
        PolicyTrust now = active;
        return now == null ? Map.of() : targets(now);
    }

    private static Map<PolicyVersion, Target> targets(PolicyTrust trust) {
        Targets targets = trust.targets();
        return targets == null ? Map.of() : targets.targets();
    }
}
