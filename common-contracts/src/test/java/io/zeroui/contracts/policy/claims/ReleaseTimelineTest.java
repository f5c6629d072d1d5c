package io.zeroui.contracts.policy.claims;

import static io.zeroui.contracts.policy.claims.Releases.at;
import static io.zeroui.contracts.policy.claims.Releases.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.claims.HistoryLine.Released;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What releases had, and what it costs to know. */
class ReleaseTimelineTest {

    private static final int POLICIES = 100;
    private static final int RELEASES = 50;

    @Test
    void aReleaseCostsWhatItChanges() {
        ReleaseTimeline timeline = new ReleaseTimeline();
        List<ReleasedVersion> all = IntStream.range(0, POLICIES).mapToObj(i -> version(1, "policy-" + i + " 1.0")).toList();
        timeline.add(new Released(1, at(0), all, List.of()));
        for (int i = 1; i < RELEASES; i++) {
            timeline.add(new Released(i + 1, at(i), List.of(version(i + 1, "policy-0 1." + i)),
                    List.of(new PolicyVersion("policy-0", "1." + (i - 1)))));
        }
        assertThat(timeline.size()).isEqualTo(RELEASES);
        assertThat(timeline.kept()).isEqualTo(POLICIES + RELEASES - 1);
        assertThat(timeline.last()).hasSize(POLICIES).containsKey(new PolicyVersion("policy-0", "1.49"))
                .doesNotContainKey(new PolicyVersion("policy-0", "1.0"));
        for (int i = 0; i < RELEASES; i++) {
            assertThat(timeline.find(i, version(1, "policy-99 1.0"))).as("unchanged in %d", i).isNotNull();
            assertThat(timeline.find(i, version(1, "policy-0 1." + i))).as("new in %d", i).isNotNull();
            assertThat(timeline.find(i, version(1, "policy-0 1." + (i + 1)))).as("not yet in %d", i).isNull();
        }
        for (int i = 1; i < RELEASES; i++) {
            assertThat(timeline.find(i, version(1, "policy-0 1." + (i - 1)))).as("gone in %d", i).isNull();
        }
    }
}
