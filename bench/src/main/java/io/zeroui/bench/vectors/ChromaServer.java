package io.zeroui.bench.vectors;

import io.zeroui.bench.Programs;
import io.zeroui.testing.Checkout;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chroma's server as its bindings for Node.js bring it, on a folder of its own that goes with it. */
final class ChromaServer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration READY = Duration.ofSeconds(30);

    private final Path folder = Files.createTempDirectory("zeroui-chroma-");
    private final List<String> command;
    private final URI url;
    private @Nullable Process process;

    /** Installs the bindings where they are not, and starts. */
    ChromaServer() throws IOException, InterruptedException {
        Path sources = Checkout.root().resolve("bench/src/main/chroma");
        String said = Programs.run(Checkout.root().resolve("deploy/runtime/runtime.sh").toString(), "", List.of("modules"), List.of(sources.toString()));
        String modules = said.strip().substring(said.strip().lastIndexOf('\n') + 1);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        Path config = Files.writeString(folder.resolve("config.yaml"), "listen_address: 127.0.0.1\nport: " + url.getPort() + "\npersist_path: "
                + folder.resolve("data") + "\n");
        command = List.of(Programs.program("node"), sources.resolve("serve.cjs").toString(), modules, config.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "zeroui-chroma-kill"));
        start();
    }

    URI url() {
        return url;
    }

    /** Ends it at once, as its data allow, and starts it again: it does not take some changes of settings before. */
    void restart() throws IOException {
        kill();
        start();
    }

    private void start() throws IOException {
        File log = folder.resolve("log").toFile();
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
        long end = System.nanoTime() + READY.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IOException("Chroma does not answer; it said: " + Files.readString(log.toPath()));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean answers() {
        try (HttpConnection connection = new HttpConnection(url)) {
            return connection.send(HttpConnection.request("GET", "/api/v2/version", Map.of(), new byte[0])).length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
