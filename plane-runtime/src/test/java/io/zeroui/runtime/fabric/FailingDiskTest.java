package io.zeroui.runtime.fabric;

import static io.zeroui.runtime.fabric.FabricFixtures.append;
import static io.zeroui.runtime.fabric.FabricFixtures.at;
import static io.zeroui.runtime.fabric.FabricFixtures.await;
import static io.zeroui.runtime.fabric.FabricFixtures.lines;
import static io.zeroui.runtime.fabric.FabricFixtures.request;
import static io.zeroui.runtime.fabric.FabricFixtures.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk whose {@code fdatasync} fails or takes its time. */
class FailingDiskTest {

    @TempDir
    Path root;

    private final AtomicReference<OpenFile.Sync> disk = new AtomicReference<>(OpenFile.Sync.DATA);
    private AppendLog log;
    private Path file;

    @BeforeEach
    void open() {
        log = new AppendLog(root, AppendLimits.DEFAULT, FabricObserver.NONE, channel -> disk.get().sync(channel));
        file = root.resolve("receipts.jsonl");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void whatAFailedSyncLeftIsNeverAcknowledgedAndIsCutAway() throws IOException {
        append(log, file, "{\"i\":1}");
        disk.set(FailingDiskTest::fail);
        assertThatThrownBy(() -> append(log, file, "{\"i\":2}", "{\"i\":3}")).isInstanceOf(FabricException.class)
                .hasMessageContaining("Input/output error");
        assertThat(lines(file)).containsExactly("{\"i\":1}");

        disk.set(OpenFile.Sync.DATA);
        FilePosition position = append(log, file, "{\"i\":4}").get(0);
        assertThat(lines(file)).containsExactly("{\"i\":1}", "{\"i\":4}");
        assertThat(at(position)).isEqualTo("{\"i\":4}");
    }

    @Test
    void whatOthersWroteBehindAFailedSyncIsNotCut() throws IOException {
        append(log, file, "{\"i\":1}");
        disk.set(channel -> {
            Files.writeString(file, "{\"foreign\":1}\n", StandardOpenOption.APPEND);
            fail(channel);
        });
        assertThatThrownBy(() -> append(log, file, "{\"i\":2}")).isInstanceOf(FabricException.class);
        disk.set(OpenFile.Sync.DATA);

        assertThat(lines(file)).startsWith("{\"i\":1}").endsWith("{\"foreign\":1}");
        assertThat(at(append(log, file, "{\"i\":3}").get(0))).isEqualTo("{\"i\":3}");
    }

    @Test
    void oneFailingFileFailsItsRequestsAndNoOthers() throws IOException {
        Path other = root.resolve("other.jsonl");
        append(log, file, "{\"i\":1}");
        append(log, other, "{\"o\":1}");
        long otherSize = Files.size(other);
        disk.set(channel -> {
            if (channel.size() > otherSize + 20) {
                fail(channel);
            }
            channel.force(false);
        });
        String wide = "{\"wide\":\"" + "x".repeat(50) + "\"}";
        CompletableFuture<List<FilePosition>> both = log.append(List.of(request(file, wide), request(other, "{\"o\":2}")))
                .subscribeAsCompletionStage();
        CompletableFuture<List<FilePosition>> one = log.append(requests(other, "{\"o\":3}"))
                .subscribeAsCompletionStage();

        assertThat(one.join()).hasSize(1);
        assertThat(both).isCompletedExceptionally();
        assertThat(lines(file)).containsExactly("{\"i\":1}");
        assertThat(lines(other)).containsExactly("{\"o\":1}", "{\"o\":2}", "{\"o\":3}");
    }

    @Test
    void aReaderDoesNotGetToLinesThatAreNotOnTheDiskYet() throws Exception {
        long settled = append(log, file, "{\"i\":1}").get(0).end();
        CountDownLatch syncing = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        disk.set(channel -> {
            syncing.countDown();
            join(finish);
            channel.force(false);
        });
        CompletableFuture<List<FilePosition>> pending = log.append(requests(file, "{\"i\":2}"))
                .subscribeAsCompletionStage();
        syncing.await();

        long written = Files.size(file);
        long readable = log.readableEnd(file);
        boolean answered = pending.isDone();
        finish.countDown();
        assertThat(written).isGreaterThan(settled);
        assertThat(readable).isEqualTo(settled);
        assertThat(answered).isFalse();
        long end = pending.get().get(0).end();
        assertThat(log.readableEnd(file)).isEqualTo(end);
    }

    @Test
    void aFileThatIsReplacedWhileItIsSyncedGetsTheLinesAgain() throws IOException {
        append(log, file, "{\"i\":1}");
        disk.set(channel -> {
            Files.move(file, root.resolve("rotated.jsonl"));
            disk.set(OpenFile.Sync.DATA);
            channel.force(false);
        });
        assertThat(at(append(log, file, "{\"i\":2}").get(0))).isEqualTo("{\"i\":2}");
    }

    @Test
    void aFileThatIsCutWhileItIsSyncedGetsTheLinesAgain() throws IOException {
        append(log, file, "{\"i\":1}");
        disk.set(channel -> {
            disk.set(OpenFile.Sync.DATA);
            Files.writeString(file, "", StandardOpenOption.TRUNCATE_EXISTING);
        });
        assertThat(at(append(log, file, "{\"i\":2}").get(0))).isEqualTo("{\"i\":2}");
        assertThat(lines(file)).containsExactly("{\"i\":2}");
    }

    @Test
    void aFileThatIsAlwaysReplacedIsGivenUp() throws IOException {
        disk.set(channel -> Files.delete(file));
        assertThatThrownBy(() -> append(log, file, "{\"i\":1}")).isInstanceOf(FabricException.class)
                .hasMessageContaining("replaced");
        disk.set(OpenFile.Sync.DATA);
        await(log.append(requests(file, "{\"i\":2}")));
        assertThat(lines(file)).containsExactly("{\"i\":2}");
    }

    @Test
    void anUnexpectedErrorFailsTheRoundAndNotTheWriter() throws IOException {
        disk.set(channel -> {
            throw new OutOfMemoryError("injected");
        });
        assertThatThrownBy(() -> append(log, file, "{\"i\":1}")).isInstanceOf(FabricException.class);
        disk.set(OpenFile.Sync.DATA);
        assertThat(at(append(log, file, "{\"i\":2}").get(0))).isEqualTo("{\"i\":2}");
    }

    private static void fail(FileChannel channel) throws IOException {
        throw new IOException("Input/output error");
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
