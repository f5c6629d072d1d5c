package io.zeroui.contracts.policy.release;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.receipts.Hash;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Which edges a version is for: those that are named, those that work on a repository that is named, and a share of all.
 *
 * <p>
 * An edge's place in the share depends on the policy and the edge alone, so who is among 10 % is among 20 %, and a new version
 * reaches the same edges first.
 *
 * @param basisPoints share of the edges in hundredths of a percent, 0 to 10,000
 * @param edges that have it in any case
 * @param repos whose edges have it in any case
 */
public record Rollout(int basisPoints, Set<EdgeId> edges, Set<RepoId> repos) {

    /** Every edge. */
    public static final int EVERYONE = 10_000;
    private static final int MOST_NAMED = 1_000;

    public Rollout {
        edges = Set.copyOf(edges);
        repos = Set.copyOf(repos);
        if (basisPoints < 0 || basisPoints > EVERYONE) {
            throw new IllegalArgumentException("a rollout reaches 0 to 100 percent of the edges");
        }
        if (edges.size() > MOST_NAMED || repos.size() > MOST_NAMED) {
            throw new IllegalArgumentException("a rollout names at most " + MOST_NAMED + " edges and as many repositories");
        }
    }

    /** For every edge. */
    public static Rollout everyone() {
        return new Rollout(EVERYONE, Set.of(), Set.of());
    }

    /** Whether every edge has it. */
    public boolean isForEveryone() {
        return basisPoints == EVERYONE;
    }

    /** Whether an edge that works on these repositories has the policy. */
    public boolean includes(String policyId, EdgeId edge, Set<RepoId> worksOn) {
        return bucket(policyId, edge) < basisPoints || edges.contains(edge) || worksOn.stream().anyMatch(repos::contains);
    }

    /** 0 to 9,999: SHA-256 of {@code {policy-id}:{edge-id}} as a number, modulo 10,000. */
    public static int bucket(String policyId, EdgeId edge) {
        return bucket(policyId, edge.value());
    }

    /** The same of anything that has a name: SHA-256 of {@code {policy-id}:{name}} as a number, modulo 10,000. */
    public static int bucket(String policyId, String name) {
        Hash hash = Hash.of((policyId + ":" + name).getBytes(StandardCharsets.UTF_8));
        return new BigInteger(1, hash.bytes()).mod(BigInteger.valueOf(EVERYONE)).intValue();
    }
}
