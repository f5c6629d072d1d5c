package io.zeroui.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.streams.StreamCommands.RawEntry;
import io.zeroui.runtime.streams.StreamTarget.StreamKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The reader's place in each of its streams. */
class StreamKeysTest {

    private static final int BATCH = 512;
    private static final String A = "zeroui:ide-receipts:t-0";
    private static final String B = "zeroui:ide-receipts:t-1";

    private Set<StreamScope> scopes = tenants(2);
    private final StreamKeys keys = new StreamKeys(StreamTarget.of(ChannelCatalogue.IDE_RECEIPTS, Plane.TENANT, "me",
            () -> scopes), BATCH, Duration.ofHours(1));

    @Test
    void aStreamIsTakenUpOnceAndWhatWasGivenBeforeComesFirst() {
        assertThat(keys.missing()).extracting(StreamKey::key).containsExactlyInAnyOrder(A, B);
        takeUp();
        assertThat(keys.missing()).isEmpty();
        assertThat(keys.replaying()).containsOnly(Map.entry(A, "0"), Map.entry(B, "0"));
    }

    @Test
    void whatWasGivenBeforeIsFollowedInEachStreamToItsEnd() {
        takeUp();
        keys.replayed(found(A, "1-1", "1-2"));
        assertThat(keys.replaying()).as("nothing of B, so B is through").containsOnly(Map.entry(A, "1-2"));
        keys.replayed(Map.of(A, List.of()));
        assertThat(keys.replaying()).isEmpty();
        keys.replayAll();
        assertThat(keys.replaying()).containsOnly(Map.entry(A, "0"), Map.entry(B, "0"));
    }

    @Test
    void aNewStreamChangesNothingForTheOthersAndOneThatIsGoneIsReadNoMore() {
        takeUp();
        keys.replayed(Map.of());
        scopes = tenants(3);
        takeUp();
        assertThat(keys.replaying()).containsOnlyKeys("zeroui:ide-receipts:t-2");
        assertThat(keys.reading()).hasSize(3);
        scopes = tenants(1);
        assertThat(keys.missing()).isEmpty();
        assertThat(keys.reading()).containsOnlyKeys(A);
        assertThat(keys.replaying()).isEmpty();
    }

    @Test
    void theFewerStreamsHadSomethingTheMoreIsTakenOfEach() {
        scopes = tenants(8);
        takeUp();
        assertThat(keys.share()).as("before anything came").isEqualTo(BATCH / 8);
        keys.found(1);
        assertThat(keys.share()).isEqualTo(BATCH);
        keys.found(3);
        assertThat(keys.share()).isEqualTo(BATCH / 3);
        keys.found(0);
        assertThat(keys.share()).as("after nothing came").isEqualTo(BATCH / 8);
        keys.found(1);
        keys.begin();
        takeUp();
        assertThat(keys.share()).as("on a new connection").isEqualTo(BATCH / 8);
    }

    @Test
    void howeverManyStreamsThereAreOneReadStaysBounded() {
        scopes = tenants(1000);
        takeUp();
        assertThat(keys.share()).as("worth the round trip").isEqualTo(16);
        keys.found(1);
        assertThat(keys.share()).isEqualTo(64 * BATCH / 1000);
        scopes = tenants(10_000);
        takeUp();
        assertThat(keys.share()).isEqualTo(16);
    }

    @Test
    void aBatchThatIsSmallerThanTheLeastShareIsNotExceeded() {
        StreamKeys small = new StreamKeys(StreamTarget.of(ChannelCatalogue.IDE_RECEIPTS, Plane.TENANT, "me", () -> scopes), 1,
                Duration.ofHours(1));
        small.takeUp(small.missing());
        assertThat(small.share()).isEqualTo(1);
    }

    @Test
    void abandonedEntriesAreClaimedStreamByStreamAndWhatIsNewHasItsTurnBetween() {
        takeUp();
        List<String> turns = new ArrayList<>();
        for (String cursor : List.of("5-0", "0-0", "", "0-0", "", "")) {
            StreamKey claimed = keys.nextClaim();
            turns.add(claimed == null ? "new" : claimed.key() + " after " + keys.claimCursor());
            if (claimed != null) {
                keys.claimed(cursor.isEmpty() ? "0-0" : cursor);
            }
        }
        String first = turns.get(0).split(" ", 2)[0];
        String second = first.equals(A) ? B : A;
        assertThat(turns).containsExactly(first + " after 0-0", "new", first + " after 5-0", "new", second + " after 0-0", "new");
        assertThat(keys.isSweeping()).isFalse();
        assertThat(keys.nextClaim()).as("the pause has not passed").isNull();
    }

    private void takeUp() {
        keys.takeUp(keys.missing());
    }

    private static Map<String, List<RawEntry>> found(String key, String... ids) {
        return Map.of(key, List.of(ids).stream().map(id -> new RawEntry(id, Map.of())).toList());
    }

    private static Set<StreamScope> tenants(int count) {
        return IntStream.range(0, count).mapToObj(i -> StreamScope.of(TenantId.of("t-" + i)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
