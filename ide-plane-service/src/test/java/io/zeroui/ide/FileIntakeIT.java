package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.BadInput;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class FileIntakeIT {

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("file-key");

    @Test
    void linesOfAnotherProgramAreIndexed() {
        Path file = edge.file("repo-file");
        List<byte[]> receipts = emitter.decisions("repo-file", 20);
        receipts.forEach(receipt -> edge.append(file, EdgeClient.line(receipt)));
        receipts.forEach(this::awaitIndexed);
    }

    @Test
    void aLineThatComesInPartsWaitsForItsEnd() {
        Path file = edge.file("repo-parts");
        byte[] line = EdgeClient.line(emitter.decision("repo-parts"));
        byte[] first = emitter.decision("repo-parts");
        edge.append(file, EdgeClient.line(first), Arrays.copyOf(line, 100));
        awaitIndexed(first);
        assertThat(edge.quarantined(edge.relative(file))).isEmpty();
        edge.append(file, Arrays.copyOfRange(line, 100, line.length));
        awaitIndexed(Arrays.copyOf(line, line.length - 1));
        assertThat(edge.quarantined(edge.relative(file))).isEmpty();
    }

    @Test
    void everyBadLineGoesToQuarantineWithItsReasonAndStopsNothing() {
        Path file = edge.file("repo-badfile");
        Map<String, BadInput.Case> cases = BadInput.all("repo-badfile", emitter, SignedReceipts.withNewKey("nobody"));
        List<byte[]> good = new ArrayList<>();
        for (BadInput.Case bad : cases.values()) {
            good.add(emitter.decision("repo-badfile"));
            edge.append(file, EdgeClient.line(good.get(good.size() - 1)), bad.line(), new byte[] { '\n' });
        }
        good.forEach(this::awaitIndexed);
        await().untilAsserted(
                () -> assertThat(edge.quarantined(edge.relative(file))).hasSize(cases.size()));
        List<String> reasons = new ArrayList<>(edge.quarantined(edge.relative(file)));
        Collections.reverse(reasons);
        int at = 0;
        for (Map.Entry<String, BadInput.Case> each : cases.entrySet()) {
            assertThat(reasons.get(at++)).as(each.getKey()).isIn((Object[]) each.getValue().reasons());
        }
    }

    @Test
    void aLineOfAHundredMegabytesGoesToQuarantineByItsBeginning() throws IOException {
        Path file = edge.file("repo-huge");
        byte[] before = emitter.decision("repo-huge");
        byte[] after = emitter.decision("repo-huge");
        edge.append(file, EdgeClient.line(before));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND))) {
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
            out.write('\n');
        }
        edge.append(file, EdgeClient.line(after));
        awaitIndexed(before);
        awaitIndexed(after);
        assertThat(edge.quarantined(edge.relative(file))).containsExactly("TOO_LARGE");
    }

    @Test
    void aReceiptInAnotherRepositorysFolderIsRefused() {
        Path file = edge.file("repo-mine");
        edge.append(file, EdgeClient.line(emitter.decision("repo-yours")));
        await().untilAsserted(
                () -> assertThat(edge.quarantined(edge.relative(file))).containsExactly("UNSAFE_PATH"));
    }

    @Test
    void aFolderThatIsNoRepositoryIsNotedAndNotRead() {
        byte[] receipt = emitter.decision("repo-x");
        edge.append(edge.file("Not_A_Repo"), EdgeClient.line(receipt));
        await().untilAsserted(
                () -> assertThat(edge.quarantined("ide/receipts/Not_A_Repo")).containsExactly("UNSAFE_PATH"));
        assertThat(edge.get("/v1/receipts/" + EdgeClient.idOf(receipt)).status()).isEqualTo(404);
    }

    @Test
    void theSameIdWithOtherBytesInAFileIsAConflictAndWithTheSameBytesNothing() {
        byte[] receipt = emitter.decision("repo-dup");
        assertThat(edge.submit(receipt).status()).isIn(201, 202);
        byte[] other = emitter.decision("repo-dup", EdgeClient.idOf(receipt), r -> r.put("degraded", true));
        Path file = edge.file("repo-dup");
        byte[] last = emitter.decision("repo-dup");
        edge.append(file, EdgeClient.line(receipt), EdgeClient.line(other), EdgeClient.line(last));
        awaitIndexed(last);
        assertThat(edge.quarantined(edge.relative(file))).containsExactly("CONFLICTING_DUPLICATE");
        assertThat(edge.getBytes("/v1/receipts/" + EdgeClient.idOf(receipt) + "?raw=true")).isEqualTo(receipt);
    }

    @Test
    void aReceiptThatCameByFileIsADuplicateByHttp() {
        byte[] receipt = emitter.decision("repo-both");
        edge.append(edge.file("repo-both"), EdgeClient.line(receipt));
        awaitIndexed(receipt);
        assertThat(edge.submit(receipt).body().path("duplicate").asBoolean()).isTrue();
        assertThat(edge.submit(emitter.decision("repo-both", EdgeClient.idOf(receipt), r -> r.put("degraded", true)))
                .status()).isEqualTo(409);
    }

    @Test
    void aTornTailOfAnotherProgramIsEndedByTheNextReceiptAndKept() {
        Path file = edge.file("repo-torn");
        byte[] torn = Arrays.copyOf(emitter.decision("repo-torn"), 200);
        edge.append(file, torn);
        byte[] receipt = emitter.decision("repo-torn");
        assertThat(edge.submit(receipt).status()).isIn(201, 202);
        awaitIndexed(receipt);
        await().untilAsserted(() -> assertThat(edge.quarantined(edge.relative(file))).hasSize(1));
    }

    @Test
    void aFileThatIsCutIsAnAlarmAndGoesOn() throws IOException {
        Path file = edge.file("repo-cut");
        byte[] first = emitter.decision("repo-cut");
        edge.append(file, EdgeClient.line(first), EdgeClient.line(emitter.decision("repo-cut")));
        awaitIndexed(first);
        await().untilAsserted(() -> assertThat(watermark(file)).isEqualTo(Files.size(file)));
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        await().untilAsserted(() -> assertThat(edge.quarantined(edge.relative(file))).contains("FILE_SHRUNK"));
        byte[] next = emitter.decision("repo-cut");
        edge.append(file, EdgeClient.line(next));
        awaitIndexed(next);
    }

    @Test
    void aFileThatIsRemovedIsAnAlarm() throws IOException {
        Path file = edge.file("repo-gone");
        byte[] receipt = emitter.decision("repo-gone");
        edge.append(file, EdgeClient.line(receipt));
        awaitIndexed(receipt);
        Files.delete(file);
        await().untilAsserted(() -> assertThat(edge.quarantined(edge.relative(file))).contains("FILE_MISSING"));
    }

    private long watermark(Path file) {
        return edge.get("/v1/status").body().at("/index/watermarks").path(edge.relative(file)).asLong();
    }

    private void awaitIndexed(byte[] receipt) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(edge.get("/v1/receipts/" + EdgeClient.idOf(receipt)).status()).isEqualTo(200));
    }
}
