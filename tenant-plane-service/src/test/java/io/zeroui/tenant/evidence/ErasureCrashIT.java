package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.zeroui.tenant.evidence.erasure.ErasureCrashes;
import io.zeroui.testing.PlaneResource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Erasures that were interrupted, or could not begin. */
@QuarkusTest
@TestProfile(WithoutLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class ErasureCrashIT extends ErasingTest {

    @Test
    void aCrashBetweenAnyTwoStepsIsFinishedAtTheNextStart() {
        boolean crashed = true;
        for (int step = 1; crashed; step++) {
            List<String> ids = send(3);
            List<String> storedBefore = ledger.storedLines();
            int journaledBefore = ledger.journal().size();
            ErasureCrashes.behind(erasure, step);

            int status = erase(ids.get(1)).extract().statusCode();
            crashed = status == 503;
            ErasureCrashes.never(erasure);
            awaitAcknowledged(edge.send(tenant, emitter.decision("web-shop"), emitter));

            assertThat(status).as("step " + step).isIn(200, 503);
            String gone = ids.get(1);
            await().atMost(PATIENCE).untilAsserted(() -> ask().get("/v1/evidence/receipts/" + gone).then().statusCode(410)
                    .body("error.details.reason", equalTo("right to erasure")));
            assertOnlyErased(storedBefore, 3 * step - 2);
            assertThat(ledger.journal()).as("one tombstone and one receipt").hasSize(journaledBefore + 2);
            assertThat(ledger.evidence().resolve("erasures")).isEmptyDirectory();
            assertThat(ledger.brokenLinks()).isEmpty();
            assertProves(proof(ids.get(2)));
            assertThat(step).isLessThan(20);
        }
        assertThat(ledger.journal().stream().filter(line -> line.startsWith("{\"v\":2,"))).hasSizeGreaterThan(5);
    }

    @Test
    void aLineThatIsHalfOverwrittenIsOverwrittenAsAWhole() throws IOException {
        List<String> ids = send(3);
        List<String> storedBefore = ledger.storedLines();
        ErasureCrashes.behind(erasure, 1);
        erase(ids.get(2)).statusCode(503);
        ErasureCrashes.never(erasure);
        JsonPath intent;
        try (Stream<Path> files = Files.list(ledger.evidence().resolve("erasures"))) {
            intent = JsonPath.from(files.findFirst().orElseThrow().toFile());
        }
        for (Map<String, Object> write : intent.<Map<String, Object>>getList("writes")) {
            Path file = PlaneResource.zuRoot().path().resolve((String) write.get("file"));
            byte[] bytes = ((String) write.get("text")).getBytes(StandardCharsets.UTF_8);
            try (RandomAccessFile half = new RandomAccessFile(file.toFile(), "rw")) {
                half.seek(((Number) write.get("offset")).longValue());
                half.write(bytes, 0, bytes.length / 2);
            }
        }

        awaitAcknowledged(edge.send(tenant, emitter.decision("web-shop"), emitter));

        await().atMost(PATIENCE).untilAsserted(() -> ask().get("/v1/evidence/receipts/" + ids.get(2)).then().statusCode(410));
        assertOnlyErased(storedBefore, 2);
        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.journal()).hasSize(5);
    }

    @Test
    void anErasureThatCannotBeginChangesNothing() throws IOException {
        List<String> ids = send(2);
        Path blocked = ledger.evidence().resolve("erasures");
        Files.writeString(blocked, "in the way");
        erase(ids.get(0)).statusCode(503);

        awaitAcknowledged(edge.send(tenant, emitter.decision("core-api"), emitter));
        ask().get("/v1/evidence/receipts/" + ids.get(0)).then().statusCode(200);
        assertThat(ledger.journal()).hasSize(3).allMatch(line -> line.startsWith("{\"v\":1,"));
        Files.delete(blocked);
        erase(ids.get(0)).statusCode(200);
    }
}
