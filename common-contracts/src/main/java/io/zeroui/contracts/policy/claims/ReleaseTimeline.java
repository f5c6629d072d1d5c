package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.claims.HistoryLine.Released;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The releases of a history in their order, numbered from 0. A policy's versions are kept where a release changes them, so a release that
 * changes little costs little. Not thread-safe.
 */
final class ReleaseTimeline {

    private final List<Release> releases = new ArrayList<>();
    /** Index of the first release of a version. */
    private final Map<Long, Integer> indexes = new HashMap<>();
    /** By the id of a policy: from an index on, until the next, it has these versions. */
    private final Map<String, NavigableMap<Integer, List<ReleasedVersion>>> changes = new HashMap<>();
    private final Map<String, ReleasedVersion> known = new HashMap<>();
    private boolean isComplete = true;

    /**
     * A release as it was handed out.
     *
     * @param version of its targets
     * @param since when edges could have it first; null for no bound
     */
    private record Release(long version, @Nullable Instant since) {
    }

    void add(Released released) {
        int index = releases.size();
        Map<String, Map<PolicyVersion, ReleasedVersion>> changed = new HashMap<>();
        released.gone().forEach(policy -> changed.computeIfAbsent(policy.policyId(), this::lastOf).remove(policy));
        released.set().forEach(one -> {
            changed.computeIfAbsent(one.policy().policyId(), this::lastOf).put(one.policy(), one);
            known.putIfAbsent(one.policy().id(), one);
        });
        changed.forEach((policy, now) -> changes.computeIfAbsent(policy, one -> new TreeMap<>()).put(index, List.copyOf(now.values())));
        isComplete &= released.since() != null;
        indexes.putIfAbsent(released.release(), index);
        releases.add(new Release(released.release(), released.since()));
    }

    /** A policy's versions in the last release; a new map. */
    private Map<PolicyVersion, ReleasedVersion> lastOf(String policy) {
        Map<PolicyVersion, ReleasedVersion> last = new TreeMap<>();
        versions(releases.size(), policy).forEach(one -> last.put(one.policy(), one));
        return last;
    }

    /** All versions in the last release; a new map. */
    Map<PolicyVersion, ReleasedVersion> last() {
        Map<PolicyVersion, ReleasedVersion> last = new TreeMap<>();
        changes.keySet().forEach(policy -> versions(releases.size(), policy).forEach(one -> last.put(one.policy(), one)));
        return last;
    }

    private List<ReleasedVersion> versions(int index, String policy) {
        NavigableMap<Integer, List<ReleasedVersion>> of = changes.get(policy);
        Map.Entry<Integer, List<ReleasedVersion>> change = of == null ? null : of.floorEntry(index);
        return change == null ? List.of() : change.getValue();
    }

    /** Only for tests: how many lists of versions are kept. */
    int kept() {
        return changes.values().stream().mapToInt(Map::size).sum();
    }

    int size() {
        return releases.size();
    }

    /** Whether none was there before the history. */
    boolean isComplete() {
        return isComplete;
    }

    boolean has(long version) {
        return indexes.containsKey(version);
    }

    /** Index of the first release of a version; 0 where there is none. */
    int index(long version) {
        return indexes.getOrDefault(version, 0);
    }

    /** Version of the last release; 0 for none. */
    long lastVersion() {
        return releases.isEmpty() ? 0 : releases.get(releases.size() - 1).version();
    }

    /** When edges could have the first release; null for no bound, and for no release. */
    @Nullable Instant firstSince() {
        return releases.isEmpty() ? null : releases.get(0).since();
    }

    /** A version as it was released first, by {@link PolicyVersion#id}. */
    @Nullable ReleasedVersion find(String id) {
        return known.get(id);
    }

    /** All versions that were ever released, as they were first. */
    Collection<ReleasedVersion> all() {
        return known.values();
    }

    /** Whether edges could have a release by then. */
    boolean wasThere(int index, Instant time) {
        Instant since = releases.get(index).since();
        return since == null || !time.isBefore(since.minus(ClaimJudge.TOLERANCE));
    }

    /** A version as a release has it; null where it does not. */
    @Nullable ReleasedVersion find(int index, ReleasedVersion of) {
        for (ReleasedVersion one : versions(index, of.policy().policyId())) {
            if (one.policy().equals(of.policy())) {
                return one;
            }
        }
        return null;
    }

    /** Whether a newer version of the policy in a release takes its place on the edge, whatever that works on. */
    boolean replaces(int index, ReleasedVersion old, @Nullable EdgeId edge) {
        return versions(index, old.policy().policyId()).stream()
                .anyMatch(one -> one.terms().order() > old.terms().order() && one.surelyReaches(edge));
    }
}
