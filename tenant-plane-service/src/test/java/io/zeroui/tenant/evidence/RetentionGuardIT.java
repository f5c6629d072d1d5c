package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.tenant.evidence.retention.RetentionCrashes;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is dropped too early: not by a clock that is wrong, and not before a stranger can see that it was said. */
@QuarkusTest
@TestProfile(OtherTime.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class RetentionGuardIT extends RetentionTest {

    @Test
    void aClockThatIsAheadDropsNothing() {
        List<String> ids = concat(sendAt(-20, "core-api", 2), sendAt(0, "core-api", 1));
        set(30).statusCode(200);
        OtherTime.shift(Duration.ofDays(400));
        run().statusCode(200).body("dropped_lines", equalTo(0)).body("kept_from", nullValue());
        assertThat(found()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void nothingGoesBeforeACheckpointHasTheActThatSaysSo() throws IOException {
        List<String> old = sendAt(-400, "core-api", 2);
        sendAt(0, "core-api", 1);
        set(100).statusCode(200);
        Path checkpoint = ledger.evidence().resolve("log/checkpoint");
        Path aside = checkpoint.resolveSibling("aside");
        RetentionCrashes.at(drop, 1, () -> block(checkpoint, aside));

        ask().post("/v1/evidence/retention/runs").then().statusCode(503);

        assertThat(ledger.storedLines()).hasSize(3);
        assertThat(ledger.indexed()).containsAll(old);
        erase(old.get(0)).statusCode(404);
        Files.delete(checkpoint.resolve("in-the-way"));
        Files.delete(checkpoint);
        Files.move(aside, checkpoint);
        run().statusCode(200).body("dropped_lines", equalTo(2));
        assertThat(ledger.storedLines()).hasSize(1);
        assertThat(ledger.indexed()).hasSize(1).doesNotContainAnyElementsOf(old);
    }

    @Test
    void deadLettersStayWhileTheClockIsBeforeWhatIsKept() {
        sendAt(-400, "core-api", 1);
        sendAt(0, "core-api", 1);
        set(100).statusCode(200);
        run().statusCode(200).body("dropped_lines", equalTo(1));
        OtherTime.shift(Duration.ofDays(-200));
        awaitAcknowledged(edge.send(tenant, receipt(day(-201).atStartOfDay().toInstant(ZoneOffset.UTC), "core-api", SignedReceipts.newId()),
                emitter));
        assertThat(ledger.deadLetters()).hasSize(1);

        run().statusCode(200);
        assertThat(ledger.deadLetters()).as("the clock may be wrong").hasSize(1);
        OtherTime.shift(Duration.ZERO);
        run().statusCode(200);
        assertThat(ledger.deadLetters()).isEmpty();
    }

    /** The log cannot publish: its file is replaced by a rename, which a folder that is not empty refuses. */
    private static void block(Path checkpoint, Path aside) {
        try {
            Files.move(checkpoint, aside);
            Files.createDirectory(checkpoint);
            Files.createFile(checkpoint.resolve("in-the-way"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> concat(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
