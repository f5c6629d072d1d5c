package io.zeroui.testing.planes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.Checkout;

/** One plane service in a process of its own. Not thread-safe. */
public final class PlaneProcess implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String OPTIONS = "testing.planes.java.options";

    private final Plane plane;
    private final int port;
    private Map<String, String> environment;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;

    /**
     * A service that is not started yet.
     *
     * @param environment the whole environment of the process; nothing is inherited
     * @param log where its output is appended
     */
    public PlaneProcess(Plane plane, int port, Map<String, String> environment, Path log) {
        this.plane = plane;
        this.port = port;
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    /** The plane it serves. */
    public Plane plane() {
        return plane;
    }

    /** Its address, without a path. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The process id. */
    public long pid() {
        return running().pid();
    }

    /** Its output so far. */
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it; does not wait. Nothing happens when it runs. */
    @CanIgnoreReturnValue
    public PlaneProcess start() {
        if (isAlive()) {
            return this;
        }
        Path jar = Checkout.root().resolve(plane.key() + "-plane-service/target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing: build the services first (./mvnw -DskipTests install)");
        }
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(javaOptions());
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** True while the process runs. */
    public boolean isAlive() {
        Process started = process;
        return started != null && started.isAlive();
    }

    /** True if its readiness answers with success. */
    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits until it is ready.
     *
     * @throws IllegalStateException with the end of its log when it ends or the time is over
     */
    @CanIgnoreReturnValue
    public PlaneProcess awaitReady(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isReady()) {
            if (!isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the " + plane.key() + " service is not ready: " + tail());
            }
            pause();
        }
        return this;
    }

    /**
     * Waits until it ends by itself and gives its exit code.
     *
     * @throws IllegalStateException with the end of its log when it still runs after that time
     */
    public int awaitExit(Duration atMost) {
        Process started = running();
        try {
            if (!started.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the " + plane.key() + " service did not end: " + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return started.exitValue();
    }

    /** {@code kill -9}. */
    public void kill() {
        Process started = process;
        if (started != null) {
            started.destroyForcibly();
            awaitEnd(started);
        }
    }

    /** Stops it and starts it with further variables; does not wait. */
    @CanIgnoreReturnValue
    public PlaneProcess restartWith(Map<String, String> more) {
        close();
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        environment = Map.copyOf(all);
        return start();
    }

    /** SIGTERM, and a wait for the graceful stop. */
    @Override
    public void close() {
        Process started = process;
        if (started != null) {
            started.destroy();
            awaitEnd(started);
            started.destroyForcibly();
        }
    }

    private Process running() {
        Process started = process;
        if (started == null) {
            throw new IllegalStateException("the " + plane.key() + " service was not started");
        }
        return started;
    }

    private String tail() {
        String text = log();
        return text.substring(Math.max(0, text.length() - 3000));
    }

    private static void awaitEnd(Process started) {
        try {
            boolean ended = started.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                started.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the runtime starts it; last come the options in the system property {@value #OPTIONS}, separated by blanks. */
    private List<String> javaOptions() {
        List<String> options = new ArrayList<>(plane == Plane.IDE || plane == Plane.TENANT
                ? List.of("-Xmx768m", "-XX:+UseParallelGC")
                : List.of("-Xmx512m", "-XX:+UseSerialGC"));
        options.addAll(List.of("-Xms64m", "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true"));
        if (Runtime.version().feature() >= 24) {
            options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        options.addAll(Arrays.stream(System.getProperty(OPTIONS, "").split(" ")).filter(option -> !option.isEmpty()).toList());
        return options;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
