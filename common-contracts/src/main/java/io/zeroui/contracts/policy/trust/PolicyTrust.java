package io.zeroui.contracts.policy.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.trust.Metadata.Root;
import io.zeroui.contracts.policy.trust.Metadata.Snapshot;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's edge or mirror believes of the policies that are released for it: the client workflow of TUF §5. Immutable;
 * each step gives a new state or refuses, and after a refusal the state before stays good.
 *
 * <p>
 * The order is root, timestamp, snapshot, targets. A newer timestamp makes the snapshot and targets that it does not promise
 * unusable until the promised ones are there: nothing is ever made of parts of two releases.
 */
public final class PolicyTrust {

    private static final JsonLimits ROOT_LIMITS = new JsonLimits(65_536, 8, 4_096, 20, 4_096);
    private static final JsonLimits TIMESTAMP_LIMITS = new JsonLimits(16_384, 8, 4_096, 20, 1_024);
    private static final JsonLimits SNAPSHOT_LIMITS = new JsonLimits(16_384, 8, 4_096, 20, 1_024);
    private static final JsonLimits TARGETS_LIMITS = new JsonLimits(8 << 20, 16, 16_384, 20, 500_000);
    /** Largest snapshot of a policy. */
    public static final int MAX_POLICY_BYTES = 1 << 20;
    private static final JsonLimits POLICY_LIMITS = new JsonLimits(MAX_POLICY_BYTES, 32, 262_144, 64, 100_000);

    private final TenantId tenant;
    private final Root root;
    private final Instant notBefore;
    private final @Nullable Timestamp timestamp;
    private final @Nullable Snapshot snapshot;
    private final @Nullable Targets targets;

    private PolicyTrust(TenantId tenant, Root root, Instant notBefore, @Nullable Timestamp timestamp, @Nullable Snapshot snapshot,
            @Nullable Targets targets) {
        this.tenant = tenant;
        this.root = root;
        this.notBefore = notBefore;
        this.timestamp = timestamp;
        this.snapshot = snapshot;
        this.targets = targets;
    }

    /**
     * Begins with a root that came by another way, for example with the enrolment.
     *
     * @throws PolicyRefused when it is none, or not signed by its own keys; whether it has expired is asked later
     */
    public static PolicyTrust begin(TenantId tenant, byte[] root) throws PolicyRefused {
        SignedMetadata document = SignedMetadata.parse(root, ROOT_LIMITS);
        Root first = MetadataCodec.root(document);
        document.require(first.role(RoleName.ROOT), first.keys());
        return new PolicyTrust(tenant, first, Instant.EPOCH, null, null, null);
    }

    /**
     * The version that a root says it has; nothing is checked.
     *
     * @throws PolicyRefused when it is no root
     */
    public static long rootVersion(byte[] root) throws PolicyRefused {
        return MetadataCodec.root(SignedMetadata.parse(root, ROOT_LIMITS)).version();
    }

    /**
     * What targets say; nothing is checked.
     *
     * @throws PolicyRefused when they are none
     */
    public static Targets readTargets(byte[] targets) throws PolicyRefused {
        return MetadataCodec.targets(SignedMetadata.parse(targets, TARGETS_LIMITS));
    }

    /**
     * Goes on to the next root (TUF §5.3). When the keys of timestamp or snapshot change, what they have signed is forgotten, so that who had
     * the old ones cannot keep newer versions away by having signed very high ones, or by having said that it is very late.
     *
     * @throws PolicyRefused when it is not the next one, or lacks signatures of the present root's keys or of its own
     */
    public PolicyTrust withRoot(byte[] next) throws PolicyRefused {
        SignedMetadata document = SignedMetadata.parse(next, ROOT_LIMITS);
        Root newer = MetadataCodec.root(document);
        document.require(root.role(RoleName.ROOT), root.keys());
        document.require(newer.role(RoleName.ROOT), newer.keys());
        if (newer.version() <= root.version()) {
            throw new PolicyRefused(PolicyObjection.ROLLBACK, "root version " + newer.version() + " after " + root.version());
        }
        if (newer.version() != root.version() + 1) {
            throw new PolicyRefused(PolicyObjection.SKIPPED_ROOT, "root version " + newer.version() + " after " + root.version());
        }
        boolean forget = isOther(newer, RoleName.TIMESTAMP) || isOther(newer, RoleName.SNAPSHOT);
        boolean forgetTargets = forget || isOther(newer, RoleName.TARGETS);
        return new PolicyTrust(tenant, newer, forget ? Instant.EPOCH : notBefore, forget ? null : timestamp, forget ? null : snapshot,
                forgetTargets ? null : targets);
    }

    private boolean isOther(Root newer, RoleName role) {
        return !newer.role(role).equals(root.role(role));
    }

    /**
     * Takes a timestamp (TUF §5.4).
     *
     * @param now by the believer's clock; one that was set back does not count below what a timestamp has said before
     * @throws PolicyRefused when it is not signed, of another tenant, older than the last one or promises an older snapshot, or has
     *         expired
     */
    public PolicyTrust withTimestamp(byte[] document, Instant now) throws PolicyRefused {
        SignedMetadata parsed = SignedMetadata.parse(document, TIMESTAMP_LIMITS);
        parsed.require(root.role(RoleName.TIMESTAMP), root.keys());
        Timestamp newer = MetadataCodec.timestamp(parsed);
        requireTenant(newer.tenant());
        Timestamp last = timestamp;
        if (last != null) {
            Versions.requireNotBefore("timestamp", newer.version(), last.version());
            Versions.requireNotBefore("snapshot", newer.snapshot().version(), last.snapshot().version());
            if (newer.version() == last.version() && !newer.equals(last)) {
                throw new PolicyRefused(PolicyObjection.EQUIVOCATION, "another timestamp of version " + newer.version());
            }
            if (newer.snapshot().version() == last.snapshot().version() && !newer.snapshot().equals(last.snapshot())) {
                throw new PolicyRefused(PolicyObjection.EQUIVOCATION, "another snapshot of version " + newer.snapshot().version());
            }
        } else {
            Versions.requireNotBefore("timestamp", newer.version(), 0);
            Versions.requireNotBefore("snapshot", newer.snapshot().version(), 0);
        }
        Instant floor = newer.issuedAt().isAfter(notBefore) ? newer.issuedAt() : notBefore;
        requireFresh("root", root, later(now, floor));
        requireFresh("timestamp", newer, later(now, floor));
        return new PolicyTrust(tenant, root, floor, newer, snapshot, targets);
    }

    /**
     * Takes the snapshot that the timestamp promises (TUF §5.5).
     *
     * @throws IllegalStateException without a timestamp
     */
    public PolicyTrust withSnapshot(byte[] document, Instant now) throws PolicyRefused {
        FileMeta promised = require(timestamp, "timestamp").snapshot();
        promised.require(document);
        SignedMetadata parsed = SignedMetadata.parse(document, SNAPSHOT_LIMITS);
        parsed.require(root.role(RoleName.SNAPSHOT), root.keys());
        Snapshot newer = MetadataCodec.snapshot(parsed);
        requireTenant(newer.tenant());
        requireVersion("snapshot", newer.version(), promised);
        Snapshot last = snapshot;
        long lastTargets = last == null ? 0 : last.targets().version();
        Versions.requireNotBefore("targets", newer.targets().version(), lastTargets);
        if (last != null && newer.targets().version() == lastTargets && !newer.targets().equals(last.targets())) {
            throw new PolicyRefused(PolicyObjection.EQUIVOCATION, "other targets of version " + lastTargets);
        }
        requireFresh("snapshot", newer, later(now, notBefore));
        return new PolicyTrust(tenant, root, notBefore, timestamp, newer, targets);
    }

    /**
     * Takes the targets that the snapshot promises (TUF §5.6).
     *
     * @throws IllegalStateException without the snapshot that the timestamp promises
     */
    public PolicyTrust withTargets(byte[] document, Instant now) throws PolicyRefused {
        if (!isSnapshotPromised()) {
            throw new IllegalStateException("the snapshot is not the one that the timestamp promises");
        }
        FileMeta promised = require(snapshot, "snapshot").targets();
        promised.require(document);
        SignedMetadata parsed = SignedMetadata.parse(document, TARGETS_LIMITS);
        parsed.require(root.role(RoleName.TARGETS), root.keys());
        Targets newer = MetadataCodec.targets(parsed);
        requireTenant(newer.tenant());
        requireVersion("targets", newer.version(), promised);
        requireFresh("targets", newer, later(now, notBefore));
        return new PolicyTrust(tenant, root, notBefore, timestamp, snapshot, newer);
    }

    /**
     * A policy's snapshot, checked against the targets (TUF §5.7).
     *
     * @throws PolicyRefused when the targets do not have it, or it is not the one that they have
     * @throws IllegalStateException when this is not complete
     */
    public ObjectNode requirePolicy(PolicyVersion policy, byte[] document) throws PolicyRefused {
        if (!isComplete()) {
            throw new IllegalStateException("there are no targets that the snapshot promises");
        }
        Target target = require(targets, "targets").targets().get(policy);
        if (target == null) {
            throw new PolicyRefused(PolicyObjection.NOT_A_TARGET, "the targets do not have " + policy.path());
        }
        new FileMeta(1, target.length(), target.sha256()).require(document);
        try {
            ObjectNode snapshot = StrictJson.parseObject(document, POLICY_LIMITS);
            if (!snapshot.path("policy_id").asText().equals(policy.policyId())
                    || !snapshot.path("version").asText().equals(policy.version())) {
                throw new PolicyRefused(PolicyObjection.WRONG_NAME, "it is another policy than " + policy.path());
            }
            return snapshot;
        } catch (InvalidJson e) {
            throw new PolicyRefused(PolicyObjection.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** Whether snapshot and targets are those that the timestamp promises. */
    public boolean isComplete() {
        Targets known = targets;
        Snapshot promises = snapshot;
        return isSnapshotPromised() && known != null && promises != null && known.version() == promises.targets().version();
    }

    private boolean isSnapshotPromised() {
        Timestamp promises = timestamp;
        Snapshot known = snapshot;
        return promises != null && known != null && known.version() == promises.snapshot().version();
    }

    /** Whether everything is fresh at that time, by the clock that a timestamp has not been ahead of. */
    public boolean isFresh(Instant now) {
        Instant at = later(now, notBefore);
        return List.of(RoleName.values()).stream().map(this::document).allMatch(one -> one != null && at.isBefore(one.expires()));
    }

    /** When the first of the documents expires that are there. */
    public Instant freshUntil() {
        Instant earliest = root.expires();
        for (RoleName role : RoleName.values()) {
            Metadata document = document(role);
            if (document != null && document.expires().isBefore(earliest)) {
                earliest = document.expires();
            }
        }
        return earliest;
    }

    private @Nullable Metadata document(RoleName role) {
        return switch (role) {
            case ROOT -> root;
            case TIMESTAMP -> timestamp;
            case SNAPSHOT -> snapshot;
            case TARGETS -> targets;
        };
    }

    /** The root. */
    public Root root() {
        return root;
    }

    /** The newest timestamp; null where there is none. */
    public @Nullable Timestamp timestamp() {
        return timestamp;
    }

    /** The snapshot that was taken last; null where there is none. */
    public @Nullable Snapshot snapshot() {
        return snapshot;
    }

    /** The targets that were taken last; null where there are none. */
    public @Nullable Targets targets() {
        return targets;
    }

    private void requireTenant(TenantId named) throws PolicyRefused {
        if (!named.equals(tenant)) {
            throw new PolicyRefused(PolicyObjection.WRONG_TENANT, "of the tenant " + named + ", not " + tenant);
        }
    }

    private static void requireVersion(String what, long version, FileMeta promised) throws PolicyRefused {
        if (version != promised.version()) {
            throw new PolicyRefused(PolicyObjection.MIXED_VERSIONS, what + " version " + version + " where " + promised.version() + " was promised");
        }
    }

    private static void requireFresh(String what, Metadata document, Instant now) throws PolicyRefused {
        if (!now.isBefore(document.expires())) {
            throw new PolicyRefused(PolicyObjection.EXPIRED, "the " + what + " has expired on " + document.expires());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static <T> T require(@Nullable T document, String what) {
        if (document == null) {
            throw new IllegalStateException("there is no " + what + " yet");
        }
        return document;
    }
}
