package io.zeroui.ide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** What a client of the IDE plane does, and what another program does to its files. */
public final class EdgeClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer with a JSON body. */
    public record Answer(int status, JsonNode body) {
        public String reason() {
            return body.at("/error/details/reason").asText();
        }
    }

    public static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class) == 0
                ? ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class)
                : ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    /** An emitter that this edge trusts; its key id begins with the given text and no other emitter has it. */
    public SignedReceipts emitter(String kid) {
        return SignedReceipts.withNewKey(kid + "-" + UUID.randomUUID()).trustedBy(root());
    }

    public Path root() {
        return PlaneResource.zuRoot().path();
    }

    public Answer submit(byte[] body) {
        return send(HttpRequest.newBuilder(uri("/v1/receipts"))
                .header("Authorization", TestCredentials.authorization()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", TestCredentials.authorization()));
    }

    public byte[] getBytes(String path) {
        try {
            return http.send(HttpRequest.newBuilder(uri(path))
                    .header("Authorization", TestCredentials.authorization()).build(),
                    HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends lines as one stream and returns the results. */
    public List<JsonNode> bulk(List<byte[]> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        try {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(uri("/v1/receipts/bulk"))
                    .header("Authorization", TestCredentials.authorization())
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build(),
                    HttpResponse.BodyHandlers.ofString());
            return results(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<JsonNode> results(String text) throws IOException {
        List<JsonNode> results = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (!line.isEmpty()) {
                results.add(JSON.readTree(line));
            }
        }
        return results;
    }

    /** This month's file of a repository. */
    public Path file(String repoId) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return root().resolve("ide/receipts/%s/%04d/%02d/receipts.jsonl".formatted(repoId, today.getYear(),
                today.getMonthValue()));
    }

    /** Appends bytes as another program does. */
    public void append(Path file, byte[]... parts) {
        try {
            Files.createDirectories(file.getParent());
            for (byte[] part : parts) {
                Files.write(file, part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] line(byte[] receipt) {
        return (new String(receipt, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reasons of the newest quarantine entries of a file, or of HTTP where the file is null. */
    public List<String> quarantined(String file) {
        List<String> reasons = new ArrayList<>();
        get("/v1/quarantine?limit=1000").body().path("entries").forEach(entry -> {
            if (file == null ? entry.path("source").asText().equals("http") : entry.path("file").asText().equals(file)) {
                reasons.add(entry.path("reason").asText());
            }
        });
        return reasons;
    }

    public String relative(Path file) {
        return root().relativize(file).toString();
    }

    public static String idOf(byte[] receipt) {
        try {
            return JSON.readTree(receipt).path("receipt_id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(response.statusCode(), JSON.readTree(body.isEmpty() ? "{}" : body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }
}
