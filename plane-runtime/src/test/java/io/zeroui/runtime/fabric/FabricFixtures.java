package io.zeroui.runtime.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the tests of the fabric share. */
final class FabricFixtures {

    private FabricFixtures() {
    }

    static AppendRequest request(Path file, String line) {
        return new AppendRequest(file, line.getBytes(UTF_8));
    }

    static List<AppendRequest> requests(Path file, String... lines) {
        return Arrays.stream(lines)
                .map(line -> request(file, line))
                .toList();
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }

    static List<FilePosition> append(AppendLog log, Path file, String... lines) {
        return await(log.append(requests(file, lines)));
    }

    /** All complete lines of a file as text. */
    static List<String> lines(Path file) throws IOException {
        LineReader reader = new LineReader(1 << 20);
        List<String> lines = new ArrayList<>();
        ReadResult read = reader.read(file, 0, 1_000, 1 << 20);
        while (true) {
            for (Line line : read.lines()) {
                lines.add(new String(((Line.Complete) line).bytes(), UTF_8));
            }
            if (!read.more()) {
                return lines;
            }
            read = reader.read(file, read.nextOffset(), 1_000, 1 << 20);
        }
    }

    /** What lies at a position. */
    static String at(FilePosition position) throws IOException {
        byte[] content = Files.readAllBytes(position.file());
        int start = Math.toIntExact(position.offset());
        if (start > 0 && content[start - 1] != '\n' || content[start + position.length()] != '\n') {
            throw new AssertionError("no line of its own at " + position);
        }
        return new String(content, start, position.length(), UTF_8);
    }
}
