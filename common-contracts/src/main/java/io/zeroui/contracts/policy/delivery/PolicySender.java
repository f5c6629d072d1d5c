package io.zeroui.contracts.policy.delivery;

import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyDocument.Kind;
import io.zeroui.contracts.policy.delivery.PolicyRelease.Release;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.receipts.Hash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers who asks for a release: with what has changed since the one that the other side has, as deltas where they are shorter. */
public final class PolicySender {

    /** About how many bytes one event has, unless a single document is longer. */
    private static final int EVENT_BYTES = 128 << 10;

    private final TenantId tenant;
    private final PolicyTrust trust;
    private final PolicyRelease release;
    private final PolicyLibrary library;

    /**
     * Of a release that is complete.
     *
     * @param trust that has taken all of its documents
     * @param library has every snapshot of it, and where it can those of releases before
     */
    public PolicySender(TenantId tenant, PolicyTrust trust, PolicyRelease release, PolicyLibrary library) {
        this.tenant = tenant;
        this.trust = trust;
        this.release = release;
        this.library = library;
    }

    /**
     * Everything that is missing.
     *
     * @param rootVersion newest root that the other side believes
     * @param before targets of the release that it has; null for none, or where they are not known here
     * @throws IllegalStateException when the library lacks a snapshot of the release
     */
    public List<PolicyDelivered> since(long rootVersion, @Nullable Known before) {
        Release documents = release.release();
        Targets now = trust.targets();
        List<PolicyDocument> all = new ArrayList<>();
        long newest = trust.root().version();
        for (long version = Math.max(rootVersion + 1, newest - release.roots().size() + 1); version <= newest; version++) {
            all.add(PolicyDocument.whole(Kind.ROOT, "", version, release.roots().get(release.roots().size() - 1 - (int) (newest - version))));
        }
        if (documents != null && now != null) {
            all.add(PolicyDocument.whole(Kind.TIMESTAMP, "", 0, documents.timestamp()));
            all.add(PolicyDocument.whole(Kind.SNAPSHOT, "", 0, documents.snapshot()));
            if (before == null || before.targets().version() != now.version()) {
                all.add(before == null ? PolicyDocument.whole(Kind.TARGETS, "", 0, documents.targets())
                        : changed(Kind.TARGETS, "", before.document(), documents.targets()));
                all.addAll(policies(before == null ? Map.of() : before.targets().targets(), now.targets()));
            }
        }
        return events(all, now == null ? 0 : now.version());
    }

    /**
     * Targets that somebody has.
     *
     * @param targets as they were read
     * @param document as they were signed
     */
    public record Known(Targets targets, byte[] document) {
    }

    private List<PolicyDocument> policies(Map<PolicyVersion, Target> before, Map<PolicyVersion, Target> now) {
        List<PolicyDocument> changed = new ArrayList<>();
        new TreeMap<>(now).forEach((policy, target) -> {
            Target same = before.get(policy);
            if (same == null || !same.sha256().equals(target.sha256())) {
                byte[] snapshot = library.find(policy, target.sha256());
                if (snapshot == null) {
                    throw new IllegalStateException("the snapshot of " + policy.id() + " is missing");
                }
                byte[] base = base(policy, before);
                changed.add(base == null ? PolicyDocument.whole(Kind.POLICY, policy.path(), 0, snapshot)
                        : changed(Kind.POLICY, policy.path(), base, snapshot));
            }
        });
        return changed;
    }

    /** The newest version of the policy that the other side has. */
    private byte @Nullable [] base(PolicyVersion policy, Map<PolicyVersion, Target> before) {
        return before.entrySet().stream().filter(one -> one.getKey().policyId().equals(policy.policyId()))
                .max(Comparator.comparingLong((Map.Entry<PolicyVersion, Target> one) -> one.getValue().custom().path("order").asLong())
                        .thenComparing(Map.Entry::getKey))
                .map(one -> library.find(one.getKey(), one.getValue().sha256())).orElse(null);
    }

    private static PolicyDocument changed(Kind kind, String name, byte[] base, byte[] document) {
        return JsonDelta.of(base, document).map(delta -> new PolicyDocument(kind, name, 0, Hash.of(base).hex(), delta))
                .orElseGet(() -> PolicyDocument.whole(kind, name, 0, document));
    }

    private List<PolicyDelivered> events(List<PolicyDocument> documents, long targetsVersion) {
        List<PolicyDelivered> events = new ArrayList<>();
        List<PolicyDocument> some = new ArrayList<>();
        int bytes = 0;
        for (PolicyDocument one : documents) {
            int more = EventJson.write(one).length;
            if (!some.isEmpty() && bytes + more > EVENT_BYTES) {
                events.add(new PolicyDelivered(tenant.value(), targetsVersion, some));
                some = new ArrayList<>();
                bytes = 0;
            }
            some.add(one);
            bytes += more;
        }
        if (!some.isEmpty()) {
            events.add(new PolicyDelivered(tenant.value(), targetsVersion, some));
        }
        return events;
    }
}
