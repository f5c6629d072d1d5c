package io.zeroui.tenant.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.tenant.evidence.witness.WitnessOutcome.Refused;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(1);

    @Test
    void onlyALogThatGoesOnIsDue() {
        Progress progress = new Progress(5, 5);
        assertThat(progress.isDue(5, NOW)).isFalse();
        assertThat(progress.isDue(6, NOW)).isTrue();
        progress.cosigned(6, NOW.plusSeconds(1));
        assertThat(progress.isDue(6, NOW.plusSeconds(9))).isFalse();
        assertThat(progress.isDue(7, NOW)).as("at most one offer in the pause").isFalse();
        assertThat(progress.isDue(7, NOW.plusSeconds(1))).isTrue();
        assertThat(progress.known()).isEqualTo(6);
    }

    @Test
    void anOfferThatIsNotAnsweredIsMadeAgainLessAndLessOften() {
        Progress progress = new Progress(0, 0);
        for (long seconds : new long[] {10, 20, 40, 60, 60}) {
            progress.offered(NOW, PATIENCE, MOST);
            assertThat(progress.isDue(1, NOW.plusSeconds(seconds).minusMillis(1))).isFalse();
            assertThat(progress.isDue(1, NOW.plusSeconds(seconds))).isTrue();
        }
        for (int i = 0; i < 100; i++) {
            progress.offered(NOW, PATIENCE, MOST);
        }
        assertThat(progress.isDue(1, NOW.plus(MOST))).isTrue();
        assertThat(progress.conflict(0, 1, NOW)).isFalse();
        progress.offered(NOW, PATIENCE, MOST);
        assertThat(progress.isDue(1, NOW.plus(PATIENCE))).as("an answer starts it anew").isTrue();
    }

    @Test
    void aSmallerCosignatureNeverTakesAnythingBack() {
        Progress progress = new Progress(0, 0);
        progress.cosigned(9, NOW);
        progress.cosigned(4, NOW.plusSeconds(100));
        assertThat(progress.cosigned()).isEqualTo(9);
        assertThat(progress.known()).isEqualTo(9);
        assertThat(progress.isDue(10, NOW)).isTrue();
    }

    @Test
    void aWitnessThatKnowsMoreThanThereIsIsNotAskedUntilTheLogHasAsMuch() {
        Progress progress = new Progress(0, 0);
        assertThat(progress.conflict(1000, 10, NOW)).isTrue();
        assertThat(progress.conflict(1000, 10, NOW)).as("told once").isFalse();
        assertThat(progress.refusal()).extracting(Refused::refusal).isEqualTo(WitnessRefusal.ROLLBACK);
        assertThat(progress.isDue(999, NOW)).isFalse();
        assertThat(progress.isDue(1000, NOW)).isTrue();
        assertThat(progress.conflict(7, 1000, NOW)).isFalse();
        assertThat(progress.refusal()).isNull();
    }

    @Test
    void aRefusalIsNewsOnceAndLateWordOfWhatIsCosignedIsNone() {
        Progress progress = new Progress(0, 0);
        assertThat(progress.refused(new Refused(3, WitnessRefusal.KEY, "a"), NOW.plusSeconds(30))).isTrue();
        assertThat(progress.refused(new Refused(4, WitnessRefusal.KEY, "b"), NOW.plusSeconds(30))).isFalse();
        assertThat(progress.isDue(4, NOW.plusSeconds(29))).isFalse();
        assertThat(progress.refused(new Refused(4, WitnessRefusal.FORK, "c"), NOW)).isTrue();
        progress.cosigned(4, NOW);
        assertThat(progress.refusal()).isNull();
        assertThat(progress.refused(new Refused(4, WitnessRefusal.KEY, "late"), NOW)).isFalse();
        assertThat(progress.refusal()).isNull();
        assertThat(progress.refused(new Refused(0, WitnessRefusal.MALFORMED, "unreadable"), NOW)).isTrue();
        assertThat(progress.refused(new Refused(9, WitnessRefusal.NO_WITNESS, "none"), NOW)).as("nobody need look").isFalse();
        assertThat(progress.refusal()).isNull();
    }
}
