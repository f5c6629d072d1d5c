package io.zeroui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Emitters that never give up: one posts NDJSON, one posts single receipts, one appends lines to a receipts file as another
 * program would. Each keeps what it was told is durable, and sends again, unchanged, what it was told nothing about.
 */
final class Load implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int BULK = 64;

    private final RunningPlanes planes;
    private final SignedReceipts emitter;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, Hash> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    Load(RunningPlanes planes, SignedReceipts emitter) {
        this.planes = planes;
        this.emitter = emitter;
    }

    /** Begins to send. */
    Load start() {
        run("bulk", () -> bulk(newLines("bulk-repo", BULK)));
        run("single", () -> single(newLines("single-repo", 1)));
        run("file", this::appendToFile);
        return this;
    }

    /** Hashes of the lines that were acknowledged so far, by receipt id. */
    Map<String, Hash> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Answers that were neither a success nor a promise that later is better. */
    long refused() {
        return refused.get();
    }

    /** Ends the load; every receipt that was begun is acknowledged before. */
    @Override
    public void close() {
        stopping = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(120));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(String name, Runnable step) {
        Thread thread = new Thread(() -> {
            while (!stopping) {
                step.run();
            }
        }, "load-" + name);
        thread.start();
        threads.add(thread);
    }

    private Map<String, byte[]> newLines(String repo, int count) {
        Map<String, byte[]> lines = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String id = SignedReceipts.newId();
            lines.put(id, emitter.decision(repo, id, receipt -> {
            }));
        }
        return lines;
    }

    private void bulk(Map<String, byte[]> waiting) {
        while (!waiting.isEmpty()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            waiting.values().forEach(line -> {
                body.writeBytes(line);
                body.write('\n');
            });
            List<String> ids = List.copyOf(waiting.keySet());
            String answer = send("/v1/receipts/bulk", "application/x-ndjson", body.toByteArray());
            answer.lines().forEach(result -> settle(result, ids, waiting));
            pause(waiting.isEmpty() ? 40 : 250);
        }
    }

    private void settle(String result, List<String> ids, Map<String, byte[]> waiting) {
        try {
            JsonNode node = json.readTree(result);
            int line = node.path("line").asInt();
            int status = node.path("status").asInt();
            if (line < 1 || line > ids.size()) {
                return;
            }
            String id = ids.get(line - 1);
            if (status == 200 || status == 201 || status == 202) {
                acknowledged.put(id, Hash.of(Objects.requireNonNull(waiting.remove(id))));
            } else if (status < 500) {
                refused.incrementAndGet();
                waiting.remove(id);
            }
        } catch (IOException e) {
            // the stream was cut in the middle of a line: that receipt is sent again
        }
    }

    private void single(Map<String, byte[]> waiting) {
        String id = waiting.keySet().iterator().next();
        byte[] line = waiting.get(id);
        while (!acknowledged.containsKey(id)) {
            String answer = send("/v1/receipts", "application/json", line);
            if (answer.contains(id) && !answer.contains("\"error\"")) {
                acknowledged.put(id, Hash.of(line));
            } else if (answer.contains("VALIDATION_ERROR") || answer.contains("DUPLICATE_RECEIPT")) {
                refused.incrementAndGet();
                return;
            } else {
                pause(200);
            }
        }
        pause(10);
    }

    private void appendToFile() {
        ZuRoot root = new ZuRoot(planes.zuRoot());
        Path file = root.ideReceipts(RepoId.of("file-repo"), YearMonth.now(ZoneOffset.UTC));
        Map<String, byte[]> lines = newLines("file-repo", 4);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        lines.values().forEach(line -> {
            text.writeBytes(line);
            text.write('\n');
        });
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach((id, line) -> acknowledged.put(id, Hash.of(line)));
        pause(100);
    }

    /** The answer's body, or what of it came before the connection broke; empty when nothing did. */
    private String send(String path, String type, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(planes.url(Plane.IDE, path)))
                .header("Authorization", TestCredentials.authorization())
                .header("Content-Type", type).timeout(ANSWER)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        StringBuilder answer = new StringBuilder();
        try {
            HttpResponse<java.util.stream.Stream<String>> response = http.send(request,
                    HttpResponse.BodyHandlers.ofLines());
            response.body().forEach(line -> answer.append(line).append('\n'));
        } catch (IOException | UncheckedIOException e) {
            return answer.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer.toString();
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
