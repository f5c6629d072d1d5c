package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.PolicyFiles;
import io.zeroui.testing.PolicyOrigin;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TestCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** What the tenant plane says to the edge under test, and what programs beside the edge ask. */
final class PolicyWire {

    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final StreamScope OWN = StreamScope.UNENROLLED.of(EdgeId.of("edge-local"));

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EdgeClient edge = new EdgeClient();
    private final RealRuntime runtime = RealRuntime.with(RuntimePart.IDE, RuntimePart.REDIS);

    /** Brings the root that the edge begins with. */
    void enrol(PolicyOrigin origin) {
        try {
            Files.write(PolicyFiles.root(PlaneResource.zuRoot()), origin.anchor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Delivers what was published since a release, and waits until it is active. */
    void deliver(PolicyOrigin origin, long since) {
        say(since == 0 ? origin.whole() : origin.since(1, since));
        await().atMost(PATIENCE).until(() -> edge.get("/v1/policy/active").body().at("/status/release").asLong() == origin.version());
    }

    void say(List<PolicyDelivered> deliveries) {
        try (Jedis redis = runtime.redis()) {
            for (PolicyDelivered one : deliveries) {
                Map<String, String> fields = new HashMap<>();
                EventEnvelope.of(EventEnvelope.POLICY_DELIVERED, "urn:zeroui:plane:tenant", Instant.now(), EventJson.write(one)).toFields()
                        .forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
                assertThat(redis.xadd(ChannelCatalogue.TENANT_POLICY.key(OWN), StreamEntryID.NEW_ENTRY, fields)).isNotNull();
            }
        }
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send(request(path, headers));
    }

    HttpResponse<byte[]> post(String path, String body, String... headers) {
        return send(request(path, headers).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    CompletableFuture<HttpResponse<byte[]>> getLater(String path, String... headers) {
        return http.sendAsync(request(path, headers).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    EventReader listen(String... headers) {
        return new EventReader(http, request("/v1/policy/stream", headers).build());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + EdgeClient.port() + path));
        boolean own = List.of(headers).contains("Authorization");
        if (!own) {
            request.header("Authorization", TestCredentials.authorization());
        }
        return headers.length == 0 ? request : request.headers(headers);
    }
}
