package io.zeroui.contracts.policy.claims;

import static io.zeroui.contracts.policy.claims.PolicyStanding.BEFORE_RELEASE;
import static io.zeroui.contracts.policy.claims.PolicyStanding.CONSISTENT;
import static io.zeroui.contracts.policy.claims.PolicyStanding.NONE;
import static io.zeroui.contracts.policy.claims.PolicyStanding.NOT_FOR_EDGE;
import static io.zeroui.contracts.policy.claims.PolicyStanding.REVOKED;
import static io.zeroui.contracts.policy.claims.PolicyStanding.SUPERSEDED;
import static io.zeroui.contracts.policy.claims.PolicyStanding.UNJUDGED;
import static io.zeroui.contracts.policy.claims.PolicyStanding.UNKNOWN_POLICY;
import static io.zeroui.contracts.policy.claims.PolicyStanding.WRONG_SNAPSHOT;
import static io.zeroui.contracts.policy.claims.Releases.EDGE;
import static io.zeroui.contracts.policy.claims.Releases.OTHER;
import static io.zeroui.contracts.policy.claims.Releases.at;
import static io.zeroui.contracts.policy.claims.Releases.claim;
import static io.zeroui.contracts.policy.claims.Releases.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be held against a receipt, and what cannot. */
class PolicyHistoryTest {

    /**
     * 1 at 10: licences 1.0, secrets 1.0; beta 1.0 for edge-1, gamma 1.0 for a repository. 2 at 60: licences 1.1 in the place of 1.0, and
     * secrets taken back. edge-1 reports 1 at 12 and 2 at 70.
     */
    private static Releases story() {
        return new Releases()
                .release(10, "licences 1.0", "secrets 1.0", "beta 1.0 @edge-1", "gamma 1.0 #core-api")
                .reported(12, EDGE, 1)
                .release(60, "licences 1.1", "beta 1.0 @edge-1", "gamma 1.0 #core-api")
                .reported(70, EDGE, 2);
    }

    @ParameterizedTest
    @CsvSource({
            "CONSISTENT,     20, edge-1, licences-1.0",
            "CONSISTENT,     20, edge-1, licences-1.0 secrets-1.0 beta-1.0",
            "CONSISTENT,     65, edge-1, licences-1.1",
            "CONSISTENT,      6, edge-1, licences-1.0", // within the tolerance
            "UNJUDGED,        4, edge-1, licences-1.0", // older than anything
            "UNJUDGED,        4, edge-1, licences-9.9",
            "UNKNOWN_POLICY, 20, edge-1, licences-9.9",
            "UNKNOWN_POLICY, 20, edge-1, licences-1.0 licences-9.9",
            "UNKNOWN_POLICY, 20,       , licences-9.9",
            "BEFORE_RELEASE, 54, edge-1, licences-1.1",
            "BEFORE_RELEASE, 54,       , licences-1.1",
            "CONSISTENT,     55, edge-1, licences-1.1",
            "NOT_FOR_EDGE,   20, edge-2, beta-1.0",
            "CONSISTENT,     20, edge-1, beta-1.0",
            "CONSISTENT,     20,       , beta-1.0", // nobody knows whose it is
            "CONSISTENT,     20, edge-2, gamma-1.0", // it may work on that repository
            "SUPERSEDED,     76, edge-1, licences-1.0",
            "CONSISTENT,     75, edge-1, licences-1.0",
            "REVOKED,        76, edge-1, secrets-1.0",
            "CONSISTENT,     75, edge-1, secrets-1.0",
            "CONSISTENT,    999, edge-2, licences-1.0", // offline for ever, as far as anybody knows
            "CONSISTENT,    999,       , secrets-1.0",
            "REVOKED,        76, edge-1, licences-1.0 secrets-1.0" })
    void aClaimStandsAsTheHistorySays(PolicyStanding expected, int minute, String edge, String policies) {
        assertThat(story().judge(minute, edge == null ? null : io.zeroui.contracts.identity.EdgeId.of(edge), policies.split(" ")))
                .isEqualTo(expected);
        assertThat(expected.isFlagged()).isEqualTo(expected != CONSISTENT && expected != UNJUDGED);
    }

    @Test
    void aSnapshotIsThatOfOneOfTheVersions() {
        PolicyHistory history = story().history;
        List<String> both = List.of("licences-1.0", "secrets-1.0");
        assertThat(history.judge(new PolicyClaim(both, hash("secrets-1.0"), EDGE, at(20)))).isEqualTo(CONSISTENT);
        assertThat(history.judge(new PolicyClaim(both, hash("beta-1.0"), EDGE, at(20)))).isEqualTo(WRONG_SNAPSHOT);
        assertThat(history.judge(new PolicyClaim(both, null, EDGE, at(20)))).isEqualTo(CONSISTENT);
        assertThat(history.judge(new PolicyClaim(List.of(), hash("beta-1.0"), EDGE, at(20)))).isEqualTo(CONSISTENT);
        assertThat(history.judge(new PolicyClaim(List.of(), hash("made up"), EDGE, at(20)))).isEqualTo(WRONG_SNAPSHOT);
        assertThat(history.judge(new PolicyClaim(List.of("a-1"), hash("made up"), EDGE, at(20)))).isEqualTo(UNKNOWN_POLICY);
        assertThat(history.judge(new PolicyClaim(List.of(), null, EDGE, at(20)))).isEqualTo(NONE);
    }

    @Test
    void aNameThatNoEdgeCanHaveIsNobodys() {
        assertThat(PolicyClaim.edge("edge-1")).isEqualTo(EDGE);
        assertThat(PolicyClaim.edge("No Edge")).isNull();
        assertThat(PolicyClaim.edge(null)).isNull();
    }

    @Test
    void withoutAReleaseNothingCanBeSaid() {
        assertThat(new Releases().judge(20, EDGE, "licences-1.0")).isEqualTo(UNJUDGED);
        assertThat(new Releases().judge(20, EDGE)).isEqualTo(NONE);
    }

    @Test
    void whatWasReleasedBeforeTheHistoryMayHaveBeenAnything() {
        Releases late = new Releases().found("licences 1.1").release(60, "licences 1.2");
        assertThat(late.judge(-9_999, EDGE, "licences-1.1")).isEqualTo(CONSISTENT);
        assertThat(late.judge(70, EDGE, "licences-0.9")).isEqualTo(UNJUDGED);
        assertThat(late.judge(20, EDGE, "licences-1.2")).as("this one came later").isEqualTo(BEFORE_RELEASE);
    }

    @Test
    void anEdgeThatWentBackMayHaveHadTheOldOneSinceItsReportBefore() {
        Releases story = story().reported(90, EDGE, 1);
        assertThat(story.judge(80, EDGE, "licences-1.0")).isEqualTo(CONSISTENT);
        story.reported(100, EDGE, 2);
        assertThat(story.judge(80, EDGE, "licences-1.0")).isEqualTo(CONSISTENT);
        assertThat(story.judge(106, EDGE, "licences-1.0")).as("and then it had the new one again").isEqualTo(SUPERSEDED);
        assertThat(story.judge(106, OTHER, "licences-1.0")).as("others said nothing").isEqualTo(CONSISTENT);
    }

    @Test
    void aNewerVersionForAnEdgeTakesThePlaceOfAnOlderOneThatIsStillReleased() {
        Releases canary = new Releases().release(10, "licences 1.0").release(60, "licences 1.0", "licences 1.1 @edge-1")
                .reported(70, EDGE, 2).reported(70, OTHER, 2);
        assertThat(canary.judge(80, EDGE, "licences-1.0")).isEqualTo(SUPERSEDED);
        assertThat(canary.judge(80, EDGE, "licences-1.1")).isEqualTo(CONSISTENT);
        assertThat(canary.judge(80, OTHER, "licences-1.0")).isEqualTo(CONSISTENT);
        assertThat(canary.judge(80, OTHER, "licences-1.1")).isEqualTo(NOT_FOR_EDGE);
    }

    @Test
    void aLineThatCannotBeReadMakesEverythingUnjudged() {
        PolicyHistory history = story().history;
        history.addDamaged();
        assertThat(history.judge(claim(20, EDGE, "licences-9.9"))).isEqualTo(UNJUDGED);
        assertThat(history.affectedSince(history.lines() - 1).all()).isTrue();
        assertThat(history.affectedSince(history.lines() + 1).all()).as("another history").isTrue();
    }

    @Test
    void aReportIsALineOnlyWhereItSaysSomethingNew() {
        Releases story = story();
        assertThat(story.history.isNews(new Reported(EDGE, 2, at(80)))).isFalse();
        assertThat(story.history.isNews(new Reported(EDGE, 7, at(80)))).as("there is no such release").isFalse();
        assertThat(story.history.isNews(new Reported(EDGE, 1, at(80)))).isTrue();
        assertThat(story.history.isNews(new Reported(EDGE, 1, at(70)))).as("to and fro").isFalse();
        assertThat(story.history.isNews(new Reported(EDGE, 0, at(80)))).as("it lost everything").isTrue();
        assertThat(story.history.isNews(new Reported(OTHER, 0, at(80)))).as("it never had any").isFalse();
        assertThat(story.history.isNews(new Reported(OTHER, 1, at(80)))).isTrue();
    }

    @Test
    void whatAnEdgeSaysOfItsTimeDoesNotMakeAReportNews() {
        Releases story = story();
        assertThat(story.history.isNews(new Reported(EDGE, 1, at(500), at(71)))).as("a minute later by the plane's clock").isFalse();
        assertThat(story.history.isNews(new Reported(EDGE, 1, at(500), at(72)))).isTrue();
        assertThat(story.reported(90, EDGE, 1).history.isNews(new Reported(EDGE, 0, at(100)))).as("nothing is judged by that otherwise").isFalse();
    }

    @Test
    void anEdgeThatGoesToAndFroDoesNotFillTheHistory() {
        PolicyHistory history = story().history;
        int written = 0;
        for (int i = 0; i < 2 * 60 * 24; i++) {
            Instant heard = at(100).plusSeconds(30L * i);
            Reported report = new Reported(EDGE, i % 4 < 2 ? 0 : 2, heard.plusSeconds(61L * i), heard);
            if (history.isNews(report)) {
                history.add(report);
                written++;
            }
        }
        assertThat(written).as("lines of a day").isBetween(100, 24 * 13);
    }

    @Test
    void whoGoesBackIsHeardHoweverManyLinesThereAre() {
        Releases busy = story();
        for (int minute = 100; minute < 124; minute += 4) {
            busy = busy.reported(minute, EDGE, 1).reported(minute + 2, EDGE, 2);
        }
        assertThat(busy.history.isNews(new Reported(EDGE, 1, at(124)))).isTrue();
        busy = busy.reported(124, EDGE, 1);
        assertThat(busy.history.isNews(new Reported(EDGE, 2, at(126)))).as("behind twelve lines within the hour").isFalse();
        assertThat(busy.history.isNews(new Reported(EDGE, 2, at(163)))).isTrue();
        assertThat(busy.history.isNews(new Reported(OTHER, 2, at(126)))).as("of another edge").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
            "+10000-01-01T00:00:00Z" })
    void aTimeThatNothingCanBeReckonedWithIsInNoLine(String text) {
        PolicyHistory history = story().history;
        Instant time = Instant.parse(text);
        long lines = history.lines();
        assertThatThrownBy(() -> history.add(new Reported(EDGE, 1, time))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history.add(new Reported(EDGE, 1, at(90), time))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history.add(history.next(3, time, List.of()))).isInstanceOf(IllegalArgumentException.class);
        byte[] line = ("{\"edge\":\"edge-1\",\"release\":1,\"at\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> HistoryCodec.read(line)).isInstanceOf(IllegalArgumentException.class);
        assertThat(history.lines()).isEqualTo(lines);
        assertThat(history.judge(claim(76, EDGE, "licences-1.0"))).isEqualTo(SUPERSEDED);
    }

    @Test
    void aReportOfTheLastTimeThereIsCanBeJudgedBy() {
        PolicyHistory history = story().history;
        long lines = history.lines();
        history.add(new Reported(EDGE, 2, Instant.parse("9999-12-31T23:59:59.999999999Z"), at(90)));
        assertThat(history.judge(claim(76, EDGE, "licences-1.0"))).isEqualTo(SUPERSEDED);
        assertThat(history.affectedSince(lines).edges()).containsOnlyKeys(EDGE);
    }

    @Test
    void aReportKeepsBothTimes() {
        for (Reported report : List.of(new Reported(EDGE, 1, at(90), at(80)), new Reported(EDGE, 1, at(90)))) {
            assertThat(HistoryCodec.read(HistoryCodec.write(report))).isEqualTo(report);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}", "{\"release\":\"1\"}", "{\"release\":0,\"set\":[],\"gone\":[]}", "{\"release\":1,\"edge\":\"e\"}",
            "{\"release\":1,\"edge\":\"e\",\"at\":\"noon\"}", "{\"release\":1,\"set\":[{\"policy\":\"a\"}]}", "[]", "{\"release\":1,",
            "{\"release\":1,\"gone\":[\"../x\"]}", "{\"release\":-1,\"edge\":\"e\",\"at\":\"2026-01-01T00:00:00Z\"}" })
    void whatIsNoLineIsRefused(String text) {
        assertThatThrownBy(() -> HistoryCodec.read(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IllegalArgumentException.class);
    }

    /** What an index does: rows stand as they did unless they are affected, and must never stand otherwise than if all were judged again. */
    @Test
    void whoeverIsNotAffectedStandsAsBefore() {
        Random random = new Random(36);
        String[] versions = { "licences 1.0", "licences 1.1", "licences 1.2 @edge-1", "secrets 1.0", "secrets 1.1 @edge-2", "gamma 1.0 #core-api" };
        int changes = 0;
        for (int run = 0; run < 400; run++) {
            Releases story = new Releases();
            Map<PolicyClaim, PolicyStanding> rows = new HashMap<>();
            long judged = 0;
            int minute = 0;
            for (int step = 0; step < 25; step++) {
                minute += random.nextInt(12);
                if (random.nextInt(4) == 0) {
                    String[] some = Arrays.stream(versions).filter(one -> random.nextBoolean()).toArray(String[]::new);
                    story = random.nextInt(20) == 0 ? story.found(some) : story.release(minute - random.nextInt(10), some);
                } else if (random.nextInt(2) == 0) {
                    story.reported(minute + random.nextInt(6) - 3, random.nextBoolean() ? EDGE : OTHER,
                            random.nextInt((int) story.history.lastRelease() + 1));
                }
                int time = minute + random.nextInt(60) - 30;
                PolicyClaim claim = claim(time, random.nextInt(5) == 0 ? null : random.nextBoolean() ? EDGE : OTHER,
                        IntStream.range(0, random.nextInt(3)).mapToObj(i -> versions[random.nextInt(versions.length)])
                                .map(text -> text.split(" ")[0] + "-" + text.split(" ")[1]).toArray(String[]::new));
                if (random.nextInt(3) == 0) {
                    AffectedClaims affected = story.history.affectedSince(judged);
                    for (Map.Entry<PolicyClaim, PolicyStanding> row : rows.entrySet()) {
                        PolicyStanding now = story.history.judge(row.getKey());
                        if (affected.includes(row.getKey(), row.getValue())) {
                            changes += now == row.getValue() ? 0 : 1;
                            row.setValue(now);
                        }
                        assertThat(row.getValue()).as("run %d: %s", run, row.getKey()).isEqualTo(now);
                    }
                    judged = story.history.lines();
                }
                rows.put(claim, story.history.judge(claim));
            }
        }
        assertThat(changes).as("rows that did change").isGreaterThan(200);
    }
}
