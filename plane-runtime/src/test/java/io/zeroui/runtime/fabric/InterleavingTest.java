package io.zeroui.runtime.fabric;

import static io.zeroui.runtime.fabric.FabricFixtures.at;
import static io.zeroui.runtime.fabric.FabricFixtures.await;
import static io.zeroui.runtime.fabric.FabricFixtures.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends of ours, appends of others and reads in any order. */
class InterleavingTest {

    /** One thing that happens to the file. */
    sealed interface Step {

        record Ours(List<String> lines) implements Step {
        }

        record Foreign(String line, boolean torn) implements Step {
        }

        record Read(int maxLines, int maxBytes) implements Step {
        }
    }

    private static Path shared = Path.of("");
    private static AppendLog sharedLog = new AppendLog(Path.of("/nonexistent"));
    private static int tries;

    @TempDir
    Path folder;

    @BeforeContainer
    static void open() throws IOException {
        sharedLog.close();
        shared = Files.createTempDirectory("interleaving");
        sharedLog = new AppendLog(shared);
    }

    @AfterContainer
    static void close() throws IOException {
        sharedLog.close();
        try (Stream<Path> files = Files.list(shared)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(shared);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void aReaderThatPollsSeesTheSameLinesAsOneThatComesLast(@ForAll("steps") List<Step> steps) throws IOException {
        Path file = shared.resolve("f" + tries++ + ".jsonl");
        LineReader reader = new LineReader(64);
        List<String> polled = new ArrayList<>();
        List<FilePosition> positions = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        long offset = 0;
        for (Step step : steps) {
            if (step instanceof Step.Ours append) {
                positions.addAll(await(sharedLog.append(append.lines().stream()
                        .map(line -> FabricFixtures.request(file, line))
                        .toList())));
                ours.addAll(append.lines());
            } else if (step instanceof Step.Foreign foreign) {
                Files.writeString(file, foreign.line() + (foreign.torn() ? "" : "\n"), StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } else if (step instanceof Step.Read read) {
                offset = poll(reader, file, offset, read.maxLines(), read.maxBytes(), polled);
            }
        }
        for (long before = -1; before != offset;) {
            before = offset;
            offset = poll(reader, file, offset, 1_000, 1 << 20, polled);
        }
        List<String> last = new ArrayList<>();
        assertThat(poll(new LineReader(64), file, 0, 1_000_000, 1 << 28, last)).isEqualTo(offset);
        assertThat(polled).isEqualTo(last);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(at(positions.get(i))).isEqualTo(ours.get(i));
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> line = Arbitraries.strings()
                .withChars("ab{}\r\u0000ü")
                .ofMinLength(1)
                .ofMaxLength(90);
        Arbitrary<Step> ours = line.list().ofMinSize(1).ofMaxSize(5).map(Step.Ours::new);
        Arbitrary<Step> foreign = line.flatMap(text -> Arbitraries.of(true, false)
                .map(torn -> new Step.Foreign(text, torn)));
        Arbitrary<Step> read = Arbitraries.integers().between(1, 4).flatMap(lines -> Arbitraries.integers()
                .between(1, 200)
                .map(bytes -> new Step.Read(lines, bytes)));
        return Arbitraries.oneOf(List.of(ours, foreign, read)).list().ofMaxSize(25);
    }

    @Test
    void positionsAreRightWhileAnotherWriterTearsLinesAsFastAsItCan() throws Exception {
        Path file = folder.resolve("receipts.jsonl");
        AtomicBoolean done = new AtomicBoolean();
        Thread foreign = new Thread(() -> scribble(file, done));
        List<FilePosition> positions = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        try (AppendLog log = new AppendLog(folder, AppendLimits.DEFAULT, FabricObserver.NONE, channel -> {
        })) {
            foreign.start();
            for (int i = 0; i < 600; i++) {
                List<String> batch = new ArrayList<>();
                for (int j = 0; j < 8; j++) {
                    batch.add("{\"ours\":" + i + ",\"j\":" + j + "}");
                }
                ours.addAll(batch);
                positions.addAll(appendUntilTaken(log, file, batch));
            }
        } finally {
            done.set(true);
            foreign.join();
        }
        byte[] content = Files.readAllBytes(file);
        for (int i = 0; i < ours.size(); i++) {
            int start = Math.toIntExact(positions.get(i).offset());
            assertThat(start == 0 || content[start - 1] == '\n').isTrue();
            assertThat(new String(content, start, positions.get(i).length() + 1, UTF_8)).isEqualTo(ours.get(i) + "\n");
        }
        assertThat(lines(file)).containsAll(ours);
    }

    /** The log gives up when each of its attempts is torn; who asked then asks again. */
    private static List<FilePosition> appendUntilTaken(AppendLog log, Path file, List<String> batch) {
        List<AppendRequest> requests = batch.stream().map(line -> FabricFixtures.request(file, line)).toList();
        while (true) {
            try {
                return await(log.append(requests));
            } catch (FabricException e) {
                assertThat(e).hasStackTraceContaining("somebody who tears lines");
            }
        }
    }

    private static void scribble(Path file, AtomicBoolean done) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; !done.get() && channel.size() < 64 << 20; i++) {
                int written = channel.write(ByteBuffer.wrap(("{\"torn" + i).getBytes(UTF_8)));
                written += channel.write(ByteBuffer.wrap("\":1}\n".getBytes(UTF_8)));
                assertThat(written).isPositive();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long poll(LineReader reader, Path file, long offset, int maxLines, int maxBytes, List<String> into)
            throws IOException {
        ReadResult read = reader.read(file, offset, maxLines, maxBytes);
        for (Line line : read.lines()) {
            into.add(line.offset() + ":" + (line instanceof Line.Complete complete
                    ? new String(complete.bytes(), UTF_8)
                    : ((Line.Oversized) line).sha256().hex()));
        }
        return read.nextOffset();
    }
}
