package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.PolicyTimes;
import io.zeroui.contracts.policy.PolicyVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a tenant's history of releases. Its times are {@link PolicyTimes}. */
public sealed interface HistoryLine {

    /**
     * From then on edges can have a release.
     *
     * @param release version of its targets
     * @param since when that began; null where it was there before the history
     * @param set versions that are new in it, or whose terms are others than in the release on the line before
     * @param gone versions that are not in it any more
     */
    record Released(long release, @Nullable Instant since, List<ReleasedVersion> set, List<PolicyVersion> gone) implements HistoryLine {
        public Released {
            if (release < 1) {
                throw new IllegalArgumentException("releases are numbered from 1");
            }
            if (since != null && !PolicyTimes.includes(since)) {
                throw new IllegalArgumentException("a release of a time that nothing can be reckoned with");
            }
            set = List.copyOf(set);
            gone = List.copyOf(gone);
        }
    }

    /**
     * An edge said that it had a release.
     *
     * @param edge which
     * @param release version of its targets; 0 for none
     * @param at when, by the later of the edge's clock and that of the plane
     * @param heardAt when, by the clock of the plane
     */
    record Reported(EdgeId edge, long release, Instant at, Instant heardAt) implements HistoryLine {
        public Reported {
            if (release < 0) {
                throw new IllegalArgumentException("releases are numbered from 1");
            }
            if (!PolicyTimes.includes(at) || !PolicyTimes.includes(heardAt)) {
                throw new IllegalArgumentException("a report of a time that nothing can be reckoned with");
            }
        }

        /** By a clock that is not ahead of the plane's. */
        public Reported(EdgeId edge, long release, Instant at) {
            this(edge, release, at, at);
        }
    }
}
