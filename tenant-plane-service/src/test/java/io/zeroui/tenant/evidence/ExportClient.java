package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.SignedReceipts;
import java.io.ByteArrayInputStream;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Somebody who exports a tenant's receipts. */
final class ExportClient {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String PATH = "/v1/evidence/export";

    final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    final LedgerView ledger = new LedgerView(tenant);
    final SignedReceipts emitter = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private final EdgeStream edge = new EdgeStream();
    private final HttpClient http = HttpClient.newHttpClient();

    RequestSpecification ask() {
        return given().header("X-Tenant-Id", tenant.value());
    }

    /** Receipts that are in the ledger and its index when this returns. */
    List<String> send(int receipts) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < receipts; i++) {
            String id = SignedReceipts.newId();
            ids.add(id);
            send(emitter.decision("core-api", id, receipt -> {
            }));
        }
        await().atMost(PATIENCE).until(() -> ledger.indexed().containsAll(ids));
        return ids;
    }

    void send(byte[] line) {
        long number = edge.send(tenant, line, emitter);
        assertThat(number).isPositive();
    }

    /** Begins an export. */
    String begin(Map<String, Object> wish) {
        return begun(wish).then().statusCode(202).extract().path("export_id");
    }

    Response begun(Map<String, Object> wish) {
        return ask().contentType("application/json").body(wish).post(PATH);
    }

    JsonPath get(String id) {
        return ask().get(PATH + "/" + id).then().statusCode(200).extract().jsonPath();
    }

    /** The export when it is in a state. */
    JsonPath whenIs(String state, String id) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(get(id).getString("state")).as(get(id).prettify()).isEqualTo(state));
        return get(id);
    }

    /** An export from its beginning to its end. */
    JsonPath export(Map<String, Object> wish) {
        return whenIs("done", begin(wish));
    }

    byte[] file(String id) {
        return ask().get(PATH + "/" + id + "/file").then().statusCode(200).extract().asByteArray();
    }

    /** A request for a path without any credential. */
    HttpResponse<byte[]> bare(String path, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + IntakeClient.port() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What lies in the export's folder, by name. */
    List<String> files(String id) {
        Path folder = folder(id);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder(String id) {
        return ledger.evidence().resolve("exports").resolve(id);
    }

    static byte[] unzipped(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
