package io.zeroui.runtime.fabric;

import static io.zeroui.runtime.fabric.FabricFixtures.append;
import static io.zeroui.runtime.fabric.FabricFixtures.at;
import static io.zeroui.runtime.fabric.FabricFixtures.await;
import static io.zeroui.runtime.fabric.FabricFixtures.lines;
import static io.zeroui.runtime.fabric.FabricFixtures.request;
import static io.zeroui.runtime.fabric.FabricFixtures.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendLogTest {

    @TempDir
    Path folder;

    private AppendLog log;
    private Path file;

    @BeforeEach
    void open() {
        log = new AppendLog(folder.resolve("root"));
        file = folder.resolve("root/ide/receipts/shop/2026/11/receipts.jsonl");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aLineIsInItsFileAtThePositionTold() throws IOException {
        List<FilePosition> first = append(log, file, "{\"a\":1}", "{\"b\":22}");
        List<FilePosition> second = append(log, file, "{\"ü\":3}");

        assertThat(Files.readString(file)).isEqualTo("{\"a\":1}\n{\"b\":22}\n{\"ü\":3}\n");
        assertThat(first).containsExactly(new FilePosition(file, 0, 7), new FilePosition(file, 8, 8));
        assertThat(second).containsExactly(new FilePosition(file, 17, 8));
        assertThat(first.get(1).end()).isEqualTo(17);
    }

    @Test
    void nothingIsWrittenBeforeSubscription() {
        Uni<List<FilePosition>> append = log.append(requests(file, "{}"));

        assertThat(file).doesNotExist();
        assertThat(await(append)).hasSize(1);
        assertThat(file).exists();
    }

    @Test
    void manyCallersShareRoundsAndEachGetsItsOwnPositions() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        try (AppendLog observed = new AppendLog(folder.resolve("root"), AppendLimits.DEFAULT,
                (lines, files, writeNanos, syncNanos) -> rounds.incrementAndGet())) {
            List<CompletableFuture<List<FilePosition>>> answers = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                answers.add(observed.append(requests(file, "{\"i\":" + i + "}"))
                        .subscribeAsCompletionStage());
            }
            for (int i = 0; i < answers.size(); i++) {
                FilePosition position = answers.get(i).get().get(0);
                assertThat(position.length()).isEqualTo(("{\"i\":" + i + "}").length());
            }
        }
        assertThat(lines(file)).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(lines(file).get(1_999)).isEqualTo("{\"i\":1999}");
        assertThat(rounds.get()).isLessThan(1_000);
    }

    @Test
    void oneRequestMaySpanMoreFilesThanMayStayOpen() throws IOException {
        AppendLimits few = new AppendLimits(10_000, 1 << 20, 1 << 16, 1 << 10, 3, 2);
        try (AppendLog small = new AppendLog(folder.resolve("root"), few, FabricObserver.NONE)) {
            List<AppendRequest> requests = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                requests.add(request(folder.resolve("root/f" + i % 20 + ".jsonl"), "{\"i\":" + i + "}"));
            }
            List<FilePosition> positions = await(small.append(requests));
            for (int i = 0; i < 60; i++) {
                assertThat(at(positions.get(i))).isEqualTo("{\"i\":" + i + "}");
            }
        }
    }

    @Test
    void linesLargerThanTheWriteBufferTogetherKeepTheirOrder() throws IOException {
        String[] wide = new String[12];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = String.valueOf((char) ('a' + i)).repeat(300_000);
        }
        List<FilePosition> positions = append(log, file, wide);

        assertThat(lines(file)).containsExactly(wide);
        assertThat(at(positions.get(11))).isEqualTo(wide[11]);
    }

    @Test
    void badRequestsAreRefusedAndOthersGoOn() throws IOException {
        AppendLimits limits = new AppendLimits(10, 1 << 20, 1 << 20, 16, 4, 1);
        try (AppendLog small = new AppendLog(folder.resolve("root"), limits, FabricObserver.NONE)) {
            for (String bad : new String[]{"a\nb", "\n", "", "12345678901234567"}) {
                assertThatThrownBy(() -> append(small, file, "{}", bad)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> append(small, folder.resolve("root/../elsewhere.jsonl"), "{}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a file below");
            append(small, file, "1234567890123456");
            assertThat(await(small.append(List.of()))).isEmpty();
        }
        assertThat(lines(file)).containsExactly("1234567890123456");
    }

    @Test
    void whatIsNotAFileIsRefusedWithoutHoldingUpOthers() throws Exception {
        Path pipe = folder.resolve("root/pipe.jsonl");
        Files.createDirectories(pipe.getParent());
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Path link = Files.createSymbolicLink(folder.resolve("root/link.jsonl"), folder.resolve("outside"));

        assertThatThrownBy(() -> append(log, pipe, "{}")).isInstanceOf(FabricException.class);
        assertThatThrownBy(() -> append(log, link, "{}")).isInstanceOf(FabricException.class);
        assertThatThrownBy(() -> append(log, folder.resolve("root"), "{}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> await(log.append(List.of(request(file, "{\"good\":1}"), request(pipe, "{}")))))
                .isInstanceOf(FabricException.class);
        append(log, file, "{\"good\":2}");
        assertThat(lines(file)).containsExactly("{\"good\":1}", "{\"good\":2}");
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void aTornTailOfAnotherWriterIsEndedFirst() throws IOException {
        append(log, file, "{\"a\":1}");
        Files.writeString(file, "{\"torn", StandardOpenOption.APPEND);

        FilePosition position = append(log, file, "{\"b\":2}").get(0);

        assertThat(lines(file)).containsExactly("{\"a\":1}", "{\"torn", "{\"b\":2}");
        assertThat(at(position)).isEqualTo("{\"b\":2}");
    }

    @Test
    void aFileThatWasDeletedRenamedReplacedOrCutIsNoticed() throws IOException {
        append(log, file, "{\"a\":1}");
        Files.delete(file);
        assertThat(at(append(log, file, "{\"b\":2}").get(0))).isEqualTo("{\"b\":2}");

        Files.move(file, file.resolveSibling("old.jsonl"));
        assertThat(at(append(log, file, "{\"c\":3}").get(0))).isEqualTo("{\"c\":3}");

        Path other = Files.writeString(file.resolveSibling("other.jsonl"), "{\"other\":1}\n");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(at(append(log, file, "{\"d\":4}").get(0))).isEqualTo("{\"d\":4}");
        assertThat(lines(file)).containsExactly("{\"other\":1}", "{\"d\":4}");

        Files.writeString(file, "", StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(at(append(log, file, "{\"e\":5}").get(0))).isEqualTo("{\"e\":5}");

        Files.move(file.getParent(), file.getParent().resolveSibling("moved"));
        assertThat(at(append(log, file, "{\"f\":6}").get(0))).isEqualTo("{\"f\":6}");
    }

    @Test
    void aFullQueueRefusesAndRecovers() throws Exception {
        AppendLimits limits = new AppendLimits(3, 1 << 20, 1 << 20, 1 << 10, 4, 1);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        try (AppendLog small = new AppendLog(folder.resolve("root"), limits, FabricObserver.NONE)) {
            CompletableFuture<Void> holder = small.append(requests(file, "{\"i\":0}"))
                    .invoke(() -> hold(arrived, held))
                    .replaceWithVoid()
                    .subscribeAsCompletionStage();
            arrived.await();
            CompletableFuture<List<FilePosition>> waiting = small.append(requests(file, "{\"i\":1}", "{\"i\":2}"))
                    .subscribeAsCompletionStage();
            assertThatThrownBy(() -> append(small, file, "{\"i\":3}", "{\"i\":4}"))
                    .isInstanceOf(FabricBusyException.class);
            held.countDown();
            holder.get();
            assertThat(waiting.get()).hasSize(2);
            append(small, file, "{\"i\":5}", "{\"i\":6}", "{\"i\":7}");
            assertThat(small.queuedLines()).isZero();
        }
        assertThat(lines(file)).hasSize(6).doesNotContain("{\"i\":3}");
    }

    @Test
    void aSingleRequestLargerThanTheQueueIsTakenAlone() {
        AppendLimits limits = new AppendLimits(2, 10, 10, 1 << 10, 4, 1);
        try (AppendLog small = new AppendLog(folder.resolve("root"), limits, FabricObserver.NONE)) {
            assertThat(append(small, file, "{\"i\":0}", "{\"i\":1}", "{\"i\":2}")).hasSize(3);
        }
    }

    @Test
    void closingWritesWhatWaitsAndThenRefuses() throws Exception {
        List<CompletableFuture<List<FilePosition>>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(log.append(requests(file, "{\"i\":" + i + "}"))
                    .subscribeAsCompletionStage());
        }
        log.close();

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(lines(file)).hasSize(500);
        assertThatThrownBy(() -> append(log, file, "{}")).isInstanceOf(FabricException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aCallerThatThrowsOrInterruptsDoesNotStopTheWriter() throws IOException {
        log.append(requests(file, "{\"i\":1}"))
                .subscribe()
                .with(positions -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("a careless caller");
                });
        append(log, file, "{\"i\":2}");
        append(log, file, "{\"i\":3}");

        assertThat(lines(file)).containsExactly("{\"i\":1}", "{\"i\":2}", "{\"i\":3}");
    }

    @Test
    void theReadableEndCoversAcknowledgedAndForeignLines() throws IOException {
        assertThat(log.readableEnd(file)).isZero();
        FilePosition position = append(log, file, "{\"a\":1}").get(0);
        assertThat(log.readableEnd(file)).isEqualTo(position.end());
        Files.writeString(file, "{\"foreign\":1}\n", StandardOpenOption.APPEND);
        assertThat(log.readableEnd(file)).isEqualTo(Files.size(file));
    }

    @Test
    void bytesAreNotReencoded() throws IOException {
        byte[] odd = {(byte) 0xff, 0, '\r', '{', (byte) 0xc3};
        FilePosition position = await(log.append(List.of(new AppendRequest(file, odd)))).get(0);
        assertThat(Files.readAllBytes(file)).startsWith(odd).hasSize(odd.length + 1);
        assertThat(position.length()).isEqualTo(odd.length);
    }

    private static void hold(CountDownLatch arrived, CountDownLatch held) {
        arrived.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
