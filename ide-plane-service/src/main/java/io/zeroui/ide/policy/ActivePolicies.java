package io.zeroui.ide.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.contracts.policy.release.ReleaseChoice;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.runtime.policy.PolicyFolder;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one release that count on this edge.
 *
 * @param targetsVersion of the release; 0 for none
 * @param byId by policy id
 */
public record ActivePolicies(long targetsVersion, Map<String, ActivePolicy> byId) {

    static final ActivePolicies NONE = new ActivePolicies(0, Map.of());

    public ActivePolicies {
        byId = Map.copyOf(byId);
    }

    /**
     * One policy.
     *
     * @param id which version
     * @param snapshot what was signed
     * @param terms on what terms, the tenant's additions included
     * @param added what the tenant adds to it; null for nothing
     */
    public record ActivePolicy(PolicyVersion id, ObjectNode snapshot, ReleaseTerms terms, @Nullable OverlayRule added) {

        /** The worst that a gate decides by it: what was signed, or more where the tenant wants more; null where nothing was signed. */
        @Nullable Enforcement enforcement() {
            return OverlayRule.enforced(snapshot.path("metadata").path("enforcement").asText(), added).orElse(null);
        }

        /** As receipts name the content: {@code sha256:…}. */
        public String snapshotHash() {
            return snapshot.path("snapshot_hash").asText();
        }
    }

    /**
     * Those of a release that are for this edge.
     *
     * @param overlay what the tenant adds; null for nothing
     * @throws PolicyRefused when a snapshot on the disk is not the one that was signed
     */
    static ActivePolicies of(PolicyTrust active, PolicyFolder folder, EdgeId edge, Set<RepoId> repos, @Nullable TenantOverlay overlay)
            throws PolicyRefused {
        Targets targets = active.targets();
        if (targets == null) {
            return NONE;
        }
        Map<String, ActivePolicy> byId = new TreeMap<>();
        Map<PolicyVersion, ReleaseTerms> terms = new TreeMap<>();
        targets.targets().forEach((policy, target) -> terms.put(policy, ReleaseTerms.read(target.custom())));
        for (Map.Entry<PolicyVersion, ReleaseTerms> one : ReleaseChoice.of(terms, edge, repos).entrySet()) {
            PolicyVersion policy = one.getKey();
            byte[] bytes = folder.find(policy, Objects.requireNonNull(targets.targets().get(policy)).sha256());
            OverlayRule added = overlay == null ? null : overlay.of(policy.policyId()).orElse(null);
            byId.put(policy.policyId(), new ActivePolicy(policy, active.requirePolicy(policy, bytes == null ? new byte[0] : bytes),
                    strengthened(one.getValue(), added), added));
        }
        return new ActivePolicies(targets.version(), byId);
    }

    private static ReleaseTerms strengthened(ReleaseTerms terms, @Nullable OverlayRule added) {
        return added == null ? terms : new ReleaseTerms(terms.order(), terms.rollout(), added.strengthen(terms.failMode()), terms.killedUntil());
    }

    /** On what terms each version is active. */
    public Map<PolicyVersion, ReleaseTerms> terms() {
        return byId.values().stream().collect(Collectors.toUnmodifiableMap(ActivePolicy::id, ActivePolicy::terms));
    }

    /** What the tenant adds to a policy. */
    public Optional<OverlayRule> added(String policyId) {
        return Optional.ofNullable(byId.get(policyId)).map(ActivePolicy::added);
    }

    /** All of them, in the order of their ids. */
    public Collection<ActivePolicy> all() {
        return new TreeMap<>(byId).values();
    }
}
