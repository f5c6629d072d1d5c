package io.zeroui.runtime.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed with SIGKILL while it appends, and another one appends to the same file all the time. */
class KilledProcessTest {

    private static final int KILLS = 3;
    private static final int PADDING = 300;
    // Tears every fourth of its lines by writing it in two halves.
    private static final String FOREIGN = """
            n=0
            while :; do
              n=$((n+1))
              printf '{"foreign":%d}\\n' $n >> "$1"
              if [ $((n % 4)) = 0 ]; then printf '{"half' >> "$1"; printf '":%d}\\n' $n >> "$1"; fi
            done
            """;

    @TempDir
    Path root;

    @Test
    void everyAcknowledgedLineIsInTheFileExactlyOnce() throws Exception {
        Path file = root.resolve("receipts.jsonl");
        Map<String, Long> acknowledged = new HashMap<>();
        Process foreign = new ProcessBuilder("/bin/sh", "-c", FOREIGN, "sh", file.toString()).start();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                killWhileAppending(file, "k" + kill, acknowledged);
            }
        } finally {
            foreign.destroyForcibly().waitFor();
        }
        try (AppendLog log = new AppendLog(root)) {
            FilePosition last = FabricFixtures.append(log, file, "{\"after\":1}").get(0);
            assertThat(FabricFixtures.at(last)).isEqualTo("{\"after\":1}");
        }

        Map<String, List<Long>> found = new HashMap<>();
        long foreignLines = 0;
        ReadResult read = new ReadResult(List.of(), 0, ReadResult.Ending.MORE);
        while (read.more()) {
            read = new LineReader(1 << 20).read(file, read.nextOffset(), 10_000, 16 << 20);
            for (Line line : read.lines()) {
                String text = new String(((Line.Complete) line).bytes(), UTF_8);
                found.computeIfAbsent(text, key -> new ArrayList<>()).add(line.offset());
                foreignLines += text.startsWith("{\"foreign\"") ? 1 : 0;
            }
        }
        assertThat(read.tornTail()).isFalse();
        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 300);
        assertThat(foreignLines).isGreaterThan(20);
        acknowledged.forEach((id, offset) -> assertThat(found.get(ChildAppender.line(id, "p".repeat(PADDING))))
                .as("acknowledged line %s", id)
                .containsExactly(offset));
    }

    private void killWhileAppending(Path file, String prefix, Map<String, Long> acknowledged) throws IOException {
        Process child = new ProcessBuilder(ChildAppender.command(root, file, prefix, 16, 4, PADDING))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int killAfter = ThreadLocalRandom.current().nextInt(400, 1_500);
        int seen = 0;
        boolean killed = false;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // A process killed while it prints leaves a torn line, which lacks the full stop at its end.
                if (line.endsWith(".")) {
                    String[] parts = line.split(" ");
                    acknowledged.put(parts[1], Long.parseLong(parts[2]));
                }
                if (++seen == killAfter) {
                    // By its handle: Process.destroyForcibly() would close the output that is still to be read.
                    killed = child.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(killed).isTrue();
    }
}
