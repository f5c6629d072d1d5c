package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.claims.HistoryLine.Released;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Histories for tests; times are minutes after noon. */
final class Releases {

    static final EdgeId EDGE = EdgeId.of("edge-1");
    static final EdgeId OTHER = EdgeId.of("edge-2");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final PolicyHistory history = new PolicyHistory();
    /** Of versions, in which they were released first. */
    private final Map<String, Integer> orders = new HashMap<>();

    static Instant at(int minute) {
        return NOON.plusSeconds(60L * minute);
    }

    /** {@code licences 1.0}: everyone; {@code licences 1.0 @edge-1}: that edge alone; {@code licences 1.0 #core-api}: that repository's edges. */
    static ReleasedVersion version(int order, String text) {
        String[] parts = text.split(" ");
        String whom = parts.length > 2 ? parts[2] : "";
        Rollout rollout = whom.isEmpty() ? Rollout.everyone()
                : whom.startsWith("@") ? new Rollout(0, Set.of(EdgeId.of(whom.substring(1))), Set.of())
                        : new Rollout(0, Set.of(), Set.of(RepoId.of(whom.substring(1))));
        PolicyVersion policy = new PolicyVersion(parts[0], parts[1]);
        return new ReleasedVersion(policy, hash(policy.id()), new ReleaseTerms(order, rollout, FailMode.CLOSED, null));
    }

    static Hash hash(String policy) {
        return Hash.of(policy.getBytes(StandardCharsets.UTF_8));
    }

    /** The next release with these versions; of two of one policy that counts which was released later. */
    Releases release(int minute, String... versions) {
        return release(at(minute), versions);
    }

    /** A release that was there before the history. */
    Releases found(String... versions) {
        return release((Instant) null, versions);
    }

    private Releases release(Instant since, String... versions) {
        List<ReleasedVersion> all = Arrays.stream(versions).map(text -> version(orders.computeIfAbsent(text, one -> orders.size() + 1), text))
                .toList();
        Released line = history.next(history.lastRelease() + 1, since, all);
        history.add(HistoryCodec.read(HistoryCodec.write(line)));
        return this;
    }

    /** An edge says what it has. */
    Releases reported(int minute, EdgeId edge, int release) {
        Reported line = new Reported(edge, release, at(minute));
        history.add(HistoryCodec.read(HistoryCodec.write(line)));
        return this;
    }

    PolicyStanding judge(int minute, EdgeId edge, String... policies) {
        return history.judge(claim(minute, edge, policies));
    }

    /** With the snapshot of the first policy. */
    static PolicyClaim claim(int minute, EdgeId edge, String... policies) {
        return new PolicyClaim(List.of(policies), policies.length == 0 ? null : hash(policies[0]), edge, at(minute));
    }
}
