package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.testing.Prerequisite;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fabric is a small disk that fills up: receipts are refused clearly, and those acknowledged before are all there. */
class FullDiskIT {

    private static final Duration SETTLED = Duration.ofSeconds(60);

    @Test
    void aFullDiskRefusesReceiptsAndLosesNone() throws Exception {
        try (TempZuRoot fabric = TempZuRoot.create()) {
            Path disk = Files.createDirectory(fabric.path().resolve("disk"));
            Prerequisite.require(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()),
                    "mounting a small disk needs root");
            try (RunningPlanes planes = RunningPlanes.start(disk)) {
                SignedReceipts emitter = SignedReceipts.withNewKey("disk-key").trustedBy(disk);
                Map<String, Hash> acknowledged = fill(planes, emitter);
                assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();

                String id = SignedReceipts.newId();
                byte[] line = emitter.decision("disk-repo", id, receipt -> {
                });
                await().atMost(SETTLED).until(() -> Http.post(planes.url(Plane.IDE, "/v1/receipts"),
                        "application/json", line).status() < 300);
                acknowledged.put(id, Hash.of(line));

                LedgerCheck check = new LedgerCheck(planes.runtime(), disk);
                await().atMost(SETTLED).untilAsserted(
                        () -> assertThat(check.rows()).isGreaterThanOrEqualTo(acknowledged.size()));
                check.everyLineIsThereOnce(acknowledged);
                check.chainsAreUnbroken();
            } finally {
                assertThat(run("umount", disk.toString())).isTrue();
            }
        }
    }

    private static Map<String, Hash> fill(RunningPlanes planes, SignedReceipts emitter) {
        Map<String, Hash> acknowledged = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String id = SignedReceipts.newId();
            byte[] line = emitter.decision("disk-repo", id,
                    receipt -> receipt.withObject("/inputs").put("note", "n".repeat(8_000)));
            Http.Answer answer = Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line);
            if (answer.status() == 503) {
                assertThat(answer.json().path("error").path("code").asText()).isEqualTo("DEPENDENCY_UNAVAILABLE");
                assertThat(answer.json().path("error").path("retryable").asBoolean()).isTrue();
                return acknowledged;
            }
            assertThat(answer.status()).isIn(201, 202);
            acknowledged.put(id, Hash.of(line));
        }
        throw new AssertionError("the disk did not fill up");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
