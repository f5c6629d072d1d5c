package io.zeroui.runtime.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.fabric.ReadResult.Ending;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

    @TempDir
    Path folder;

    private Path file;
    private final LineReader reader = new LineReader(10);

    @BeforeEach
    void name() {
        file = folder.resolve("receipts.jsonl");
    }

    @Test
    void completeLinesComeWithTheirPositions() throws IOException {
        Files.writeString(file, "one\n\ntwo\r\nthr");

        ReadResult read = reader.read(file, 0, 100, 1_000);

        assertThat(texts(read)).containsExactly("0:one", "4:", "5:two\r");
        assertThat(read.nextOffset()).isEqualTo(10);
        assertThat(read.tornTail()).isTrue();
        Files.writeString(file, "ee\n", StandardOpenOption.APPEND);
        ReadResult next = reader.read(file, 10, 100, 1_000);
        assertThat(texts(next)).containsExactly("10:three");
        assertThat(next.ending()).isEqualTo(Ending.END);
    }

    @Test
    void limitsEndAReadAndTheNextGoesOn() throws IOException {
        Files.writeString(file, "a\nb\nc\nd\n");

        ReadResult first = reader.read(file, 0, 2, 1_000);
        assertThat(texts(first)).containsExactly("0:a", "2:b");
        assertThat(first.more()).isTrue();
        ReadResult second = reader.read(file, first.nextOffset(), 100, 1);
        assertThat(texts(second)).containsExactly("4:c");
        ReadResult third = reader.read(file, second.nextOffset(), 100, 1);
        assertThat(texts(third)).containsExactly("6:d");
        assertThat(reader.read(file, third.nextOffset(), 100, 1).ending()).isEqualTo(Ending.END);
    }

    @Test
    void nothingBehindTheGivenEndIsSeen() throws IOException {
        Files.writeString(file, "a\nbb\ncc\n");

        assertThat(texts(reader.read(file, 0, 5, 100, 1_000))).containsExactly("0:a", "2:bb");
        assertThat(texts(reader.read(file, 0, 4, 100, 1_000))).containsExactly("0:a");
        assertThat(reader.read(file, 2, 2, 100, 1_000).ending()).isEqualTo(Ending.END);
    }

    @Test
    void aFileThatShrankOrIsMissingIsTold() throws IOException {
        assertThat(reader.read(file, 0, 10, 10).ending()).isEqualTo(Ending.END);
        assertThat(reader.read(file, 5, 10, 10).ending()).isEqualTo(Ending.SHRUNK);
        Files.writeString(file, "a\n");
        assertThat(reader.read(file, 5, 10, 10).ending()).isEqualTo(Ending.SHRUNK);
        assertThatThrownBy(() -> reader.read(file, -1, 10, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesAtAndBeyondTheLimitAreToldApart() throws IOException {
        Files.writeString(file, "1234567890\n12345678901\nok\n");

        List<Line> lines = reader.read(file, 0, 10, 1 << 20).lines();

        assertThat(lines.get(0)).isInstanceOf(Line.Complete.class);
        Line.Oversized oversized = (Line.Oversized) lines.get(1);
        assertThat(oversized.length()).isEqualTo(11);
        assertThat(oversized.sha256()).isEqualTo(Hash.of("12345678901".getBytes(UTF_8)));
        assertThat(oversized.prefix()).isEqualTo("12345678901".getBytes(UTF_8));
        assertThat(lines.get(2).offset()).isEqualTo(23);
    }

    @Test
    void aLineOfAHundredMegabytesCostsNoMemoryAndStopsNothing() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        LineReader large = new LineReader(256 << 10);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("before\n".getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(block);
                digest.update(block);
                if (i == 50) {
                    out.flush();
                    ReadResult growing = large.read(file, 7, 100, 1 << 20);
                    assertThat(growing.lines()).isEmpty();
                    assertThat(growing.tornTail()).isTrue();
                    assertThat(large.unfinishedPosition(file)).isEqualTo(7 + (51L << 20));
                }
            }
            out.write("\nafter\n".getBytes(UTF_8));
        }
        long before = allocated();
        ReadResult read = large.read(file, 7, 100, 1 << 20);
        assertThat(allocated() - before).isLessThan(4 << 20);

        Line.Oversized oversized = (Line.Oversized) read.lines().get(0);
        assertThat(oversized.length()).isEqualTo(100L << 20);
        assertThat(oversized.sha256().bytes()).isEqualTo(digest.digest());
        assertThat(oversized.prefix()).hasSize(LineReader.PREFIX_BYTES);
        assertThat(texts(new ReadResult(read.lines().subList(1, 2), 0, Ending.END)))
                .containsExactly((oversized.end()) + ":after");
        assertThat(large.unfinishedLines()).isZero();
    }

    @Test
    void aReplacedFileIsNotContinuedWithOldBytes() throws IOException {
        Files.writeString(file, "aaaaaaaaaaaaaaaa");
        assertThat(reader.read(file, 0, 10, 10).tornTail()).isTrue();
        Path other = Files.writeString(folder.resolve("other"), "bbbbbbbbbbbbbbbbbbbb\n");
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        Line.Oversized line = (Line.Oversized) reader.read(file, 0, 10, 10).lines().get(0);

        assertThat(line.sha256()).isEqualTo(Hash.of("bbbbbbbbbbbbbbbbbbbb".getBytes(UTF_8)));
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static List<String> texts(ReadResult read) {
        List<String> texts = new ArrayList<>();
        for (Line line : read.lines()) {
            texts.add(line.offset() + ":" + new String(((Line.Complete) line).bytes(), UTF_8));
        }
        return texts;
    }
}
