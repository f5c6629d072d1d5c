package io.zeroui.runtime.fabric;

import static io.zeroui.runtime.fabric.FabricFixtures.append;
import static io.zeroui.runtime.fabric.FabricFixtures.at;
import static io.zeroui.runtime.fabric.FabricFixtures.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room: a limit on the size of files works for everybody, a small file system only where one may be mounted. */
class FullDiskTest {

    private static final int PADDING = 700;

    @TempDir
    Path folder;

    @Test
    void atTheLargestFileSizeAcknowledgedLinesStayAndNoFragmentDoes() throws Exception {
        Path file = folder.resolve("receipts.jsonl");
        List<String> command = ChildAppender.command(folder, file, "full", 10, 3, PADDING);
        command.addAll(0, List.of("prlimit", "--fsize=100000"));
        Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> told = new String(child.getInputStream().readAllBytes(), UTF_8).lines().toList();

        assertThat(child.waitFor()).isZero();
        assertThat(told).filteredOn(line -> line.startsWith("failed")).isEmpty();
        assertThat(told).filteredOn("full"::equals).hasSize(3);
        List<String> lines = lines(file);
        List<String> acknowledged = told.stream()
                .filter(line -> line.startsWith("ack"))
                .map(line -> ChildAppender.line(line.split(" ")[1], "p".repeat(PADDING)))
                .toList();
        assertThat(acknowledged).hasSizeGreaterThan(50);
        assertThat(lines).containsAll(acknowledged).doesNotHaveDuplicates();
        assertThat(Files.size(file)).isGreaterThan(99_000);
        assertThat(Files.readString(file)).endsWith("\n");
        try (AppendLog log = new AppendLog(folder)) {
            assertThat(at(append(log, file, "{\"room\":\"again\"}").get(0))).isEqualTo("{\"room\":\"again\"}");
        }
    }

    @Test
    void aFullFileSystemFailsRequestsUntilThereIsRoomAgain() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", small.toString());
        // Who may not mount has the limit on file sizes above; here the path through a device that is always full.
        if (!mounted) {
            Files.createSymbolicLink(small.resolve("full.jsonl"), Path.of("/dev/full"));
            try (AppendLog log = new AppendLog(small)) {
                assertThatThrownBy(() -> append(log, small.resolve("full.jsonl"), "{}"))
                        .isInstanceOf(FabricException.class);
            }
            return;
        }
        try (AppendLog log = new AppendLog(small)) {
            fillAndFree(log, small);
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private static void fillAndFree(AppendLog log, Path small) throws IOException {
        Path ballast = Files.write(small.resolve("ballast"), new byte[40_000]);
        Path file = small.resolve("ide/receipts.jsonl");
        List<FilePosition> acknowledged = new ArrayList<>();
        assertThatThrownBy(() -> {
            for (int i = 0; i < 1_000; i++) {
                acknowledged.addAll(append(log, file, ChildAppender.line("a" + i, "p".repeat(PADDING)),
                        ChildAppender.line("b" + i, "p".repeat(PADDING))));
            }
        }).isInstanceOf(FabricFullException.class);
        assertThatThrownBy(() -> append(log, small.resolve("new/folder/file.jsonl"), "x".repeat(200_000)))
                .isInstanceOf(FabricFullException.class);
        assertThat(Files.readString(file)).endsWith("\n");

        Files.delete(ballast);
        acknowledged.addAll(append(log, file, "{\"room\":\"again\"}"));
        for (FilePosition position : acknowledged) {
            assertThat(at(position)).isNotEmpty();
        }
        assertThat(lines(file)).doesNotHaveDuplicates().hasSizeBetween(acknowledged.size(), acknowledged.size() + 1);
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
