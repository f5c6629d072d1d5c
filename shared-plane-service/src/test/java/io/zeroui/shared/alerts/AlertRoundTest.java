package io.zeroui.shared.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.shared.alerts.AlertRound.Outcome;
import io.zeroui.shared.alerts.AlertRound.Seen;
import io.zeroui.shared.alerts.AlertRound.Standing;
import io.zeroui.shared.alerts.AlertRound.Transition;
import io.zeroui.shared.alerts.rules.AlertRule;
import io.zeroui.shared.alerts.rules.AlertRules;
import io.zeroui.shared.alerts.rules.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AlertRoundTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration GAP = Duration.ofMinutes(1);
    private static final Duration RESOLVED_FOR = Duration.ofHours(1);
    private static final List<AlertRule> DISK = AlertRules.all().stream().filter(rule -> rule.name().equals("disk-critical")).toList();

    private final AlertRound round = new AlertRound(DISK, GAP, RESOLVED_FOR);
    private final Map<String, Standing> kept = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();

    @Test
    void aFullDiskIsPendingThenFiresAndIsResolvedAndForgottenLater() {
        look(0, disk("a", 950));
        look(30, disk("a", 950));
        look(60, disk("a", 920));
        look(90, disk("a", 850));
        look(120, disk("a", 500));
        look(180, disk("a", 500));
        assertThat(changes).containsExactly("0 a null>PENDING 0.95", "60 a PENDING>FIRING 0.92", "180 a FIRING>RESOLVED 0.5");
        assertThat(kept.get("a").state().since()).isEqualTo(NOW.plusSeconds(180));
        look(180 + 3599, disk("a", 500));
        assertThat(kept).hasSize(1);
        look(180 + 3600, disk("a", 500));
        assertThat(kept).isEmpty();
        assertThat(changes).hasSize(3);
    }

    @Test
    void whatIsSeenAgainAsItWasIsNotWritten() {
        look(0, disk("a", 950));
        Outcome outcome = round.look(NOW.plusSeconds(30), List.of(disk("a", 100), disk("b", 100)), List.of());
        assertThat(outcome.kept()).isEmpty();
        assertThat(outcome.gone()).isEmpty();
        assertThat(outcome.transitions()).isEmpty();
    }

    @Test
    void anAlertOfASilentInstanceFiresOnWithTheLastFigure() {
        look(0, disk("a", 950));
        look(60, disk("a", 950));
        look(90, new Seen(Plane.TENANT, "a", Map.of(AlertRules.SILENCE, 40L)));
        assertThat(kept.get("a").state().phase()).isEqualTo(Phase.FIRING);
        assertThat(kept.get("a").figure()).isEqualTo(0.95);
    }

    @Test
    void alertsOfAForgottenInstanceEnd() {
        look(0, disk("a", 950), disk("b", 950));
        look(60, disk("a", 950));
        assertThat(changes).containsExactly("0 a null>PENDING 0.95", "0 b null>PENDING 0.95", "60 a PENDING>FIRING 0.95", "60 b PENDING>null 0.95");
        look(90);
        assertThat(changes).last().isEqualTo("90 a FIRING>RESOLVED 0.95");
        look(90 + 3600);
        assertThat(kept).isEmpty();
    }

    @Test
    void aRuleIsAboutItsPlanesOnly() {
        AlertRound redis = new AlertRound(AlertRules.all().stream().filter(rule -> rule.name().startsWith("redis")).toList(), GAP, RESOLVED_FOR);
        Map<String, Long> full = Map.of("redis_memory_permille", 1000L);
        Outcome outcome = redis.look(NOW, List.of(new Seen(Plane.TENANT, "a", full), new Seen(Plane.SHARED, "a", full)), List.of());
        assertThat(outcome.kept()).hasSize(2).allMatch(standing -> standing.key().plane() == Plane.SHARED);
    }

    /** However often what looks is started anew, it goes on from what was kept: every change follows from the one before. */
    @Property(tries = 300)
    void changesFollowEachOther(@ForAll @Size(max = 40) List<@IntRange(min = 700, max = 1000) Integer> figures) {
        kept.clear();
        changes.clear();
        int seconds = 0;
        String before = "null";
        for (int figure : figures) {
            int from = changes.size();
            look(seconds, disk("a", figure));
            seconds += 30;
            assertThat(changes.size() - from).isLessThanOrEqualTo(1);
            if (changes.size() > from) {
                String[] change = changes.get(from).split(" ")[2].split(">");
                assertThat(change[0]).isEqualTo(before).isNotEqualTo(change[1]);
                before = change[1];
            }
            assertThat(kept.containsKey("a")).isEqualTo(!before.equals("null"));
        }
    }

    private static Seen disk(String instance, long permille) {
        return new Seen(Plane.TENANT, instance, Map.of(AlertRules.SILENCE, 1L, AlertRules.DEGRADED, 0L, "disk_permille", permille));
    }

    private void look(int seconds, Seen... seen) {
        Outcome outcome = new AlertRound(DISK, GAP, RESOLVED_FOR).look(NOW.plusSeconds(seconds), List.of(seen), List.copyOf(kept.values()));
        for (Transition change : outcome.transitions()) {
            changes.add(seconds + " " + change.alert().key().instance() + " " + change.from() + ">" + change.to() + " " + change.alert().figure());
        }
        outcome.kept().forEach(standing -> kept.put(standing.key().instance(), standing));
        outcome.gone().forEach(key -> kept.remove(key.instance()));
    }
}
