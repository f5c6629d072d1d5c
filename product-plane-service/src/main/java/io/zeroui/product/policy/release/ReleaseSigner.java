package io.zeroui.product.policy.release;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.delivery.PolicyDocument;
import io.zeroui.contracts.policy.delivery.PolicyDocument.Kind;
import io.zeroui.contracts.policy.trust.FileMeta;
import io.zeroui.contracts.policy.trust.Metadata;
import io.zeroui.contracts.policy.trust.Metadata.Snapshot;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.policy.trust.MetadataCodec;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.policy.trust.RoleName;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the documents of a tenant's next release. */
final class ReleaseSigner {

    private final TenantId tenant;
    private final PolicyKeys keys;
    private final SigningConfig config;
    private final Instant now;

    ReleaseSigner(TenantId tenant, PolicyKeys keys, SigningConfig config, Instant now) {
        this.tenant = tenant;
        this.keys = keys;
        this.config = config;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The targets of these policies. */
    static Map<PolicyVersion, Target> targets(List<ReleasedPolicy> all) {
        Map<PolicyVersion, Target> targets = new HashMap<>();
        all.forEach(one -> targets.put(one.id(), new Target(one.snapshot().length, Hash.of(one.snapshot()), one.terms().write())));
        return targets;
    }

    /**
     * What makes a release of these policies, behind the one that is active: all of it, or a timestamp alone where nothing else has changed.
     * Empty where there is nothing to sign.
     *
     * @param active null where nothing was released yet
     * @param roots all that there are
     * @param targets what shall be released
     * @param all their snapshots; of those that are active already none is needed
     */
    List<PolicyDelivered> next(@Nullable PolicyTrust active, List<byte[]> roots, Map<PolicyVersion, Target> targets, List<ReleasedPolicy> all) {
        Targets before = active == null ? null : active.targets();
        boolean rootsChanged = active != null && active.root().version() != roots.size();
        boolean changed = before == null || !before.targets().equals(targets);
        if (active != null && !changed && !rootsChanged && !isDue(active)) {
            return List.of();
        }
        List<PolicyDocument> documents = new ArrayList<>();
        for (int version = 1; version <= roots.size(); version++) {
            documents.add(document(Kind.ROOT, "", version, roots.get(version - 1)));
        }
        boolean again = changed || rootsChanged || before != null && isEnding(before, config.releaseLifetime());
        Snapshot lastSnapshot = active == null ? null : active.snapshot();
        Timestamp lastTimestamp = active == null ? null : active.timestamp();
        FileMeta snapshot;
        if (again || lastSnapshot == null || lastTimestamp == null || isEnding(lastSnapshot, config.releaseLifetime())) {
            byte[] signedTargets = sign(RoleName.TARGETS, new Targets(tenant, before == null ? 1 : before.version() + 1,
                    now.plus(config.releaseLifetime()), targets));
            FileMeta promised = FileMeta.of(before == null ? 1 : before.version() + 1, signedTargets);
            long version = lastSnapshot == null ? 1 : lastSnapshot.version() + 1;
            byte[] signedSnapshot = sign(RoleName.SNAPSHOT, new Snapshot(tenant, version, now.plus(config.releaseLifetime()), promised));
            snapshot = FileMeta.of(version, signedSnapshot);
            documents.add(document(Kind.TIMESTAMP, "", 0, timestamp(lastTimestamp, snapshot)));
            documents.add(document(Kind.SNAPSHOT, "", 0, signedSnapshot));
            documents.add(document(Kind.TARGETS, "", 0, signedTargets));
            all.forEach(one -> documents.add(document(Kind.POLICY, one.id().path(), 0, one.snapshot())));
        } else {
            documents.add(document(Kind.TIMESTAMP, "", 0, timestamp(lastTimestamp, lastTimestamp.snapshot())));
        }
        return List.of(new PolicyDelivered(tenant.value(), 0, documents));
    }

    private byte[] timestamp(@Nullable Timestamp last, FileMeta snapshot) {
        return sign(RoleName.TIMESTAMP, new Timestamp(tenant, last == null ? 1 : last.version() + 1, now.plus(config.timestampLifetime()), now,
                snapshot));
    }

    private byte[] sign(RoleName role, Metadata metadata) {
        return MetadataCodec.signBy(metadata, keys.signers(role));
    }

    private boolean isDue(PolicyTrust active) {
        Timestamp timestamp = active.timestamp();
        Snapshot snapshot = active.snapshot();
        Targets targets = active.targets();
        return timestamp == null || snapshot == null || targets == null
                || !now.isBefore(timestamp.expires().minus(config.timestampLifetime().dividedBy(2)))
                || isEnding(snapshot, config.releaseLifetime()) || isEnding(targets, config.releaseLifetime());
    }

    private boolean isEnding(Metadata document, Duration lifetime) {
        return !now.isBefore(document.expires().minus(lifetime.dividedBy(4)));
    }

    private static PolicyDocument document(Kind kind, String name, long version, byte[] bytes) {
        return new PolicyDocument(kind, name, version, null, new String(bytes, StandardCharsets.UTF_8));
    }
}
