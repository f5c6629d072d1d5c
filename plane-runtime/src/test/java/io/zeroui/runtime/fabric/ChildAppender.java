package io.zeroui.runtime.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A process of its own that appends without end and prints {@code ack ID OFFSET .} for every acknowledged line, or
 * {@code full} once the disk takes no more, {@code failed} for anything else. Arguments: root, file, first id, lines per request, callers, padding.
 */
final class ChildAppender {

    private final AppendLog log;
    private final Path file;
    private final String prefix;
    private final int batch;
    private final String padding;
    private final PrintStream out = new PrintStream(System.out, false, UTF_8);

    private ChildAppender(String[] arguments) {
        log = new AppendLog(Path.of(arguments[0]));
        file = Path.of(arguments[1]);
        prefix = arguments[2];
        batch = Integer.parseInt(arguments[3]);
        padding = "p".repeat(Integer.parseInt(arguments[5]));
    }

    public static void main(String[] arguments) throws InterruptedException {
        ChildAppender appender = new ChildAppender(arguments);
        // The first use of a Uni sets up context propagation, which several threads must not do at once.
        FabricFixtures.await(appender.log.append(List.of()));
        int callers = Integer.parseInt(arguments[4]);
        CountDownLatch done = new CountDownLatch(callers);
        for (int i = 0; i < callers; i++) {
            int caller = i;
            new Thread(() -> {
                appender.run(caller);
                done.countDown();
            }).start();
        }
        done.await();
        appender.log.close();
    }

    static String line(String id, String padding) {
        return "{\"id\":\"" + id + "\",\"padding\":\"" + padding + "\"}";
    }

    /** The command of this program, to be started by a test. */
    static List<String> command(Path root, Path file, String prefix, int batch, int callers, int padding) {
        return new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ChildAppender.class.getName(),
                root.toString(), file.toString(), prefix, String.valueOf(batch), String.valueOf(callers),
                String.valueOf(padding)));
    }

    private void run(int caller) {
        for (int next = 0;; next += batch) {
            List<String> ids = new ArrayList<>();
            List<AppendRequest> requests = new ArrayList<>();
            for (int i = next; i < next + batch; i++) {
                String id = prefix + "-" + caller + "-" + i;
                ids.add(id);
                requests.add(FabricFixtures.request(file, line(id, padding)));
            }
            try {
                tell(ids, log.append(requests).await().indefinitely());
            } catch (FabricFullException e) {
                tell("full");
                return;
            } catch (RuntimeException e) {
                tell("failed " + e);
                return;
            }
        }
    }

    private void tell(List<String> ids, List<FilePosition> positions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            text.append("ack ").append(ids.get(i)).append(' ').append(positions.get(i).offset()).append(" .\n");
        }
        tell(text.toString().strip());
    }

    private synchronized void tell(String text) {
        out.println(text);
        out.flush();
    }
}
