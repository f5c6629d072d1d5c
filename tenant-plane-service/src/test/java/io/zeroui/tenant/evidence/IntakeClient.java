package io.zeroui.tenant.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Somebody who sends a tenant's receipts to the tenant plane over HTTP; the administrator, unless he says otherwise. */
final class IntakeClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECEIPTS = "/v1/evidence/receipts";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TenantId tenant;
    private final String authorization;

    /** An answer with a JSON body. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {

        String reason() {
            return body.at("/error/details/reason").asText();
        }

        String code() {
            return body.at("/error/code").asText();
        }
    }

    IntakeClient(TenantId tenant) {
        this(tenant, TestCredentials.authorization());
    }

    private IntakeClient(TenantId tenant, String authorization) {
        this.tenant = tenant;
        this.authorization = authorization;
    }

    /** The same with a key of the tenant that has these permissions, each in quotes. */
    IntakeClient withKey(String permissions) {
        Answer made = send(request("/v1/credentials").header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                "{\"name\":\"test\",\"tenant_id\":\"%s\",\"permissions\":[%s]}".formatted(tenant, permissions))));
        return new IntakeClient(tenant, "Bearer " + made.body().path("key").asText());
    }

    static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    }

    /** An emitter whose key the tenant trusts. */
    SignedReceipts trustedEmitter() {
        SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
        trust(emitter);
        return emitter;
    }

    void trust(SignedReceipts emitter) {
        Path folder = new LedgerView(tenant).trust();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(emitter.kid() + ".pem"), SpkiPem.write(emitter.keys().publicKey()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer submit(byte[] line) {
        return post(RECEIPTS, line);
    }

    Answer post(String path, byte[] body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }

    Answer post(String path, JsonNode body) {
        return post(path, bytes(body));
    }

    Answer get(String path) {
        return send(request(path));
    }

    /** Sends lines as one stream and returns the results. */
    List<JsonNode> bulk(List<byte[]> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        HttpResponse<String> response = exchange(request(RECEIPTS + "/bulk").header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
        List<JsonNode> results = new ArrayList<>();
        for (String line : response.body().split("\n")) {
            if (!line.isEmpty()) {
                results.add(json(line));
            }
        }
        return results;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.isEmpty() ? "{}" : text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String idOf(byte[] receipt) {
        return json(new String(receipt, StandardCharsets.UTF_8)).path("receipt_id").asText();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(PATIENCE)
                .header("Authorization", authorization).header("X-Tenant-Id", tenant.value());
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), json(response.body()), response);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
