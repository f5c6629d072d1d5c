package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.PolicyVersion;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's edges could have and what they reported, line by line. It only grows, and the same lines always judge a claim the
 * same. Thread-safe.
 */
public final class PolicyHistory {

    /** An edge that goes to and fro does not fill the history. */
    private static final Duration BACK_AGAIN = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** Lines of an edge within an hour; then it is noted only when it goes back. */
    private static final int MOST_AN_HOUR = 12;

    private final ReleaseTimeline releases = new ReleaseTimeline();
    private final Map<EdgeId, List<Reported>> reports = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private boolean isDamaged;

    /** An empty history. */
    public PolicyHistory() {
    }

    /**
     * What a line can change: claims of an edge behind a time, or, where there is none, those that a release can explain.
     */
    private record Effect(@Nullable EdgeId edge, Instant behind) {
    }

    /** Takes the next line. The times of a line are such that nothing here can fail. */
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
        releases.add(released);
        effects.add(new Effect(null, Instant.EPOCH));
    }

    private void add(Reported report) {
        Reported last = last(report.edge());
        boolean isBack = last != null && index(report) < index(last) && last.at().isBefore(report.at());
        Instant behind = last != null && isBack ? last.at() : report.at();
        Effect effect = new Effect(report.edge(), behind.plus(ClaimJudge.TOLERANCE));
        reports.computeIfAbsent(report.edge(), edge -> new ArrayList<>()).add(report);
        effects.add(effect);
    }

    private @Nullable Reported last(EdgeId edge) {
        List<Reported> all = reports.getOrDefault(edge, List.of());
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** How many lines it has. */
    public synchronized long lines() {
        return effects.size();
    }

    /** Whether a release of that version is in it. */
    public synchronized boolean hasRelease(long version) {
        return releases.has(version);
    }

    /** Version of the release that was added last; 0 for none. */
    public synchronized long lastRelease() {
        return releases.lastVersion();
    }

    /** Versions that were once released: their snapshots never change. */
    public synchronized @Nullable ReleasedVersion findVersion(PolicyVersion policy) {
        ReleasedVersion found = releases.find(policy.id());
        return found != null && found.policy().equals(policy) ? found : null;
    }

    /** The line for a release that comes next. */
    public synchronized Released next(long version, @Nullable Instant since, Collection<ReleasedVersion> released) {
        Map<PolicyVersion, ReleasedVersion> last = releases.last();
        Set<PolicyVersion> there = released.stream().map(ReleasedVersion::policy).collect(Collectors.toSet());
        return new Released(version, since, released.stream().filter(one -> !one.equals(last.get(one.policy()))).toList(),
                last.keySet().stream().filter(policy -> !there.contains(policy)).toList());
    }

    /**
     * Whether a report is worth a line: the edge has another release of this history than its last line says. So that no edge fills the
     * history, one that goes back is noted a minute behind its last line, and one that goes forward only as long as it has fewer than
     * twelve lines within the hour: to be held to an older release than it has favours it. By the plane's clock, and edges say it again.
     */
    public synchronized boolean isNews(Reported report) {
        boolean isKnown = releases.has(report.release());
        Reported last = last(report.edge());
        if (last == null) {
            return isKnown;
        }
        if (index(report) == index(last) || report.release() != 0 && !isKnown) {
            return false;
        }
        List<Reported> before = reports.getOrDefault(report.edge(), List.of());
        return index(report) < index(last) ? !isWithin(BACK_AGAIN, last, report)
                : before.size() < MOST_AN_HOUR || !isWithin(HOUR, before.get(before.size() - MOST_AN_HOUR), report);
    }

    /** By the plane's clock, which no edge can move. */
    private static boolean isWithin(Duration distance, Reported one, Reported other) {
        return Duration.between(one.heardAt(), other.heardAt()).abs().compareTo(distance) <= 0;
    }

    /** How a claim stands. */
    public synchronized PolicyStanding judge(PolicyClaim claim) {
        if (claim.isEmpty()) {
            return PolicyStanding.NONE;
        }
        return isDamaged ? PolicyStanding.UNJUDGED : new ClaimJudge(releases, claim, oldest(claim)).judge();
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
        return releases.index(report.release());
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
        boolean unjudgedToo = releasedSince && (isFirst || !releases.isComplete());
        return new AffectedClaims(false, releasedSince, unjudgedToo ? first() : null, edges);
    }

    private Instant first() {
        Instant since = releases.firstSince();
        return since == null ? Instant.EPOCH : since.minus(ClaimJudge.TOLERANCE);
    }
}
