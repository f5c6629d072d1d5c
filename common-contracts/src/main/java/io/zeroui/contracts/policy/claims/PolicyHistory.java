package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.claims.ClaimJudge.Release;
import io.zeroui.contracts.policy.claims.HistoryLine.Released;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's edges could have and what they reported, line by line. It only grows, and the same lines always judge a claim the
 * same. Thread-safe.
 */
public final class PolicyHistory {

    /** An edge that goes to and fro does not fill the history. */
    private static final Duration BACK_AGAIN = Duration.ofMinutes(1);

    private final List<Release> releases = new ArrayList<>();
    private final Map<String, ReleasedVersion> known = new HashMap<>();
    /** Index of the first release of a version. */
    private final Map<Long, Integer> indexes = new HashMap<>();
    private final Map<EdgeId, List<Reported>> reports = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private boolean isComplete = true;
    private boolean isDamaged;

    /** An empty history. */
    public PolicyHistory() {
    }

    /**
     * What a line can change: claims of an edge behind a time, or, where there is none, those that a release can explain.
     */
    private record Effect(@Nullable EdgeId edge, Instant behind) {
    }

    /** Takes the next line. */
    public synchronized void add(HistoryLine line) {
        if (line instanceof Released released) {
            add(released);
        } else if (line instanceof Reported report) {
            add(report);
        }
    }

    /** The next line cannot be read: nothing can be judged. */
    public synchronized void addDamaged() {
        isDamaged = true;
        effects.add(new Effect(null, Instant.EPOCH));
    }

    private void add(Released released) {
        Map<PolicyVersion, ReleasedVersion> now = last();
        released.gone().forEach(now::remove);
        released.set().forEach(one -> {
            now.put(one.policy(), one);
            known.putIfAbsent(one.policy().id(), one);
        });
        isComplete &= released.since() != null;
        indexes.putIfAbsent(released.release(), releases.size());
        releases.add(new Release(released.release(), released.since(),
                now.values().stream().collect(Collectors.groupingBy(one -> one.policy().policyId()))));
        effects.add(new Effect(null, Instant.EPOCH));
    }

    private void add(Reported report) {
        List<Reported> before = reports.computeIfAbsent(report.edge(), edge -> new ArrayList<>());
        Instant behind = report.at();
        if (!before.isEmpty()) {
            Reported last = before.get(before.size() - 1);
            behind = index(report) < index(last) && last.at().isBefore(behind) ? last.at() : behind;
        }
        before.add(report);
        effects.add(new Effect(report.edge(), behind.plus(ClaimJudge.TOLERANCE)));
    }

    private Map<PolicyVersion, ReleasedVersion> last() {
        Map<PolicyVersion, ReleasedVersion> last = new TreeMap<>();
        if (!releases.isEmpty()) {
            releases.get(releases.size() - 1).versions().values().forEach(some -> some.forEach(one -> last.put(one.policy(), one)));
        }
        return last;
    }

    /** How many lines it has. */
    public synchronized long lines() {
        return effects.size();
    }

    /** Whether a release of that version is in it. */
    public synchronized boolean hasRelease(long version) {
        return indexes.containsKey(version);
    }

    /** Version of the release that was added last; 0 for none. */
    public synchronized long lastRelease() {
        return releases.isEmpty() ? 0 : releases.get(releases.size() - 1).version();
    }

    /** Versions that were once released: their snapshots never change. */
    public synchronized @Nullable ReleasedVersion findVersion(PolicyVersion policy) {
        ReleasedVersion found = known.get(policy.id());
        return found != null && found.policy().equals(policy) ? found : null;
    }

    /** The line for a release that comes next. */
    public synchronized Released next(long version, @Nullable Instant since, Collection<ReleasedVersion> released) {
        Map<PolicyVersion, ReleasedVersion> last = last();
        Set<PolicyVersion> there = released.stream().map(ReleasedVersion::policy).collect(Collectors.toSet());
        return new Released(version, since, released.stream().filter(one -> !one.equals(last.get(one.policy()))).toList(),
                last.keySet().stream().filter(policy -> !there.contains(policy)).toList());
    }

    /** Whether a report is worth a line: it names another release of this history than the edge's last one did. */
    public synchronized boolean isNews(Reported report) {
        List<Reported> before = reports.getOrDefault(report.edge(), List.of());
        if (before.isEmpty()) {
            return indexes.containsKey(report.release());
        }
        Reported last = before.get(before.size() - 1);
        if (last.release() == report.release() || report.release() != 0 && !indexes.containsKey(report.release())) {
            return false;
        }
        return index(report) > index(last) || report.at().isAfter(last.at().plus(BACK_AGAIN));
    }

    /** How a claim stands. */
    public synchronized PolicyStanding judge(PolicyClaim claim) {
        if (claim.isEmpty()) {
            return PolicyStanding.NONE;
        }
        return isDamaged ? PolicyStanding.UNJUDGED : new ClaimJudge(releases, known, isComplete, claim, oldest(claim)).judge();
    }

    /** The release that the edge had reported last, or the one that it reported next if that is older: it may have gone back before. */
    private int oldest(PolicyClaim claim) {
        List<Reported> all = claim.edge() == null ? List.of() : reports.getOrDefault(claim.edge(), List.of());
        for (int i = all.size() - 1; i >= 0; i--) {
            if (claim.at().isAfter(all.get(i).at().plus(ClaimJudge.TOLERANCE))) {
                int next = i + 1 < all.size() ? index(all.get(i + 1)) : Integer.MAX_VALUE;
                return Math.min(index(all.get(i)), next);
            }
        }
        return 0;
    }

    private int index(Reported report) {
        return indexes.getOrDefault(report.release(), 0);
    }

    /**
     * Which claims may stand otherwise since the history had that many lines.
     *
     * @param before at least 0; more than there are means that it was another history
     */
    public synchronized AffectedClaims affectedSince(long before) {
        if (before > effects.size() || before < effects.size() && isDamaged) {
            return AffectedClaims.ALL;
        }
        boolean releasedSince = false;
        boolean isFirst = true;
        Map<EdgeId, Instant> edges = new HashMap<>();
        for (int i = 0; i < effects.size(); i++) {
            Effect effect = effects.get(i);
            EdgeId edge = effect.edge();
            if (i < before) {
                isFirst &= edge != null;
            } else if (edge == null) {
                releasedSince = true;
            } else {
                edges.merge(edge, effect.behind(), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        boolean unjudgedToo = releasedSince && (isFirst || !isComplete);
        return new AffectedClaims(false, releasedSince, unjudgedToo ? first() : null, edges);
    }

    private Instant first() {
        Instant since = releases.isEmpty() ? null : releases.get(0).since();
        return since == null ? Instant.EPOCH : since.minus(ClaimJudge.TOLERANCE);
    }
}
