package io.zeroui.bench.evidence;

import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.testing.TestCredentials;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The evidence API of the tenant plane, for one tenant and as one of its auditors calls it. Blocking. */
final class EvidenceClient {

    private static final int LINES_A_REQUEST = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String tenant;

    EvidenceClient(String url, String tenant) {
        this.url = url;
        this.tenant = tenant;
    }

    /** Sends a file of receipts in requests of {@value #LINES_A_REQUEST} lines, one after the other: how many were taken. */
    long ingest(Path file) throws IOException {
        long taken = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            for (byte[] body = lines(in); body.length > 0; body = lines(in)) {
                for (String line : send(post("/v1/evidence/receipts/bulk", "application/x-ndjson", body)).lines().toList()) {
                    if (!line.contains("\"status\":201")) {
                        throw new IOException("a receipt of " + taken + " was not taken: " + line);
                    }
                    taken++;
                }
            }
        }
        return taken;
    }

    private static byte[] lines(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(LINES_A_REQUEST * 900);
        for (int lines = 0; lines < LINES_A_REQUEST;) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            body.write(next);
            lines += next == '\n' ? 1 : 0;
        }
        return body.toByteArray();
    }

    /** The answer to a GET that must succeed. */
    String get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** The answer to a POST of JSON that must succeed. */
    String post(String path, String json) throws IOException {
        return send(post(path, "application/json", json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Lines that the tenant's signed checkpoint covers; 0 without one. */
    long checkpointed() throws IOException {
        HttpResponse<byte[]> answer = exchange(request("/v1/evidence/logs/" + tenant + "/checkpoint").GET());
        return answer.statusCode() == 404 ? 0 : Checkpoint.parse(SignedNote.parse(answer.body()).text()).size();
    }

    private HttpRequest.Builder post(String path, String type, byte[] body) {
        return request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE)
                .header("Authorization", TestCredentials.authorization()).header("X-Tenant-Id", tenant);
    }

    private String send(HttpRequest.Builder request) throws IOException {
        HttpResponse<byte[]> answer = exchange(request);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode() + ": " + text);
        }
        return text;
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
