package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** An edge with a login of its own, from its enrolment to its removal, with the commands that operators use. */
class EnrolledEdgeIT {

    private static final Duration ARRIVED = Duration.ofSeconds(60);

    private final String tenant = "t-" + UUID.randomUUID();
    private final String edge = "e-" + UUID.randomUUID();

    @Test
    void anEnrolledEdgeSendsItsTenantsReceiptsUntilItIsSuspended() throws Exception {
        RealRuntime runtime = RealRuntime.with(RuntimePart.values());
        Map<String, String> settings = new HashMap<>();
        try (TempZuRoot fabric = TempZuRoot.create()) {
            SignedReceipts emitter = SignedReceipts.withNewKey("edge-key").trustedBy(fabric.path());
            try (RunningPlanes planes = RunningPlanes.start(fabric.path())) {
                assertThat(new Operators(planes).run("tenants", "create", tenant)).contains("tenant " + tenant + " is active");
                new Operators(planes).run("edges", "enrol", "--tenant", tenant, edge).lines().forEach(line -> {
                    String[] pair = line.split("=", 2);
                    settings.put(pair[0], pair[1]);
                });
                assertThat(settings).containsEntry("ZEROUI_EDGE_ID", edge).containsEntry("ZEROUI_EDGE_TENANT", tenant);
                mayOnlyUseItsOwnRoads(settings.get("ZEROUI_IDE_REDIS_URL"));

                planes.service(Plane.IDE).restartWith(settings);
                planes.awaitReady();
                String id = SignedReceipts.newId();
                assertThat(submit(planes, emitter.decision("repo", id, receipt -> {
                })).status()).isEqualTo(201);
                await().atMost(ARRIVED).untilAsserted(() -> assertThat(Http.get(planes.url(Plane.TENANT,
                        "/v1/evidence/receipts/" + id)).json().path("index").path("tenant_id").asText()).isEqualTo(tenant));
                assertThat(submit(planes, emitter.decision("repo", SignedReceipts.newId(),
                        receipt -> receipt.put("tenant_id", "local"))).status()).isEqualTo(403);
                String forged = SignedReceipts.newId();
                forgesInVain(settings.get("ZEROUI_IDE_REDIS_URL"), fabric.path(), emitter, forged);
                assertThat(Http.get(planes.url(Plane.TENANT, "/v1/evidence/receipts/" + forged)).status()).isEqualTo(404);

                assertThat(new Operators(planes).run("edges", "suspend", "--tenant", tenant, edge)).contains("is suspended");
                assertThat(new Operators(planes).run("edges", "list", "--tenant", tenant)).contains(edge).contains("suspended");
                String held = SignedReceipts.newId();
                assertThat(submit(planes, emitter.decision("repo", held, receipt -> {
                })).status()).as("an edge that is locked out still keeps what it is given").isEqualTo(201);
                assertThat(lockedOut(settings.get("ZEROUI_IDE_REDIS_URL"))).isTrue();

                new Operators(planes).run("edges", "resume", "--tenant", tenant, edge);
                await().atMost(ARRIVED).untilAsserted(() -> assertThat(
                        Http.get(planes.url(Plane.TENANT, "/v1/evidence/receipts/" + held)).status()).isEqualTo(200));

                new Operators(planes).run("tenants", "suspend", tenant);
                submit(planes, emitter.decision("repo", SignedReceipts.newId(), receipt -> {
                })).json();
                await().atMost(ARRIVED).until(() -> deadLetters(fabric.path()).contains("TENANT_SUSPENDED"));
                assertThat(new Operators(planes).run("edges", "remove", "--tenant", tenant, edge)).contains("is deleted");
                try (Jedis redis = runtime.redis()) {
                    assertThat(redis.aclUsers()).doesNotContain("zeroui-ide-" + edge);
                }
            }
        }
    }

    private void mayOnlyUseItsOwnRoads(String url) {
        try (Jedis redis = new Jedis(url)) {
            for (String key : List.of("zeroui:tenant-evidence", "zeroui:product-tenants", "zeroui:ide:limits:any",
                    "zeroui:ide-receipts", "zeroui:ide-receipts:_", "zeroui:ide-receipts:local", "zeroui:ide-receipts:" + tenant + "-2",
                    "zeroui:tenant-receipt-acks:" + tenant + ":" + edge)) {
                refused(key, () -> redis.xadd(key, StreamEntryID.NEW_ENTRY, Map.of("a", "x")));
            }
            for (String key : List.of("zeroui:ide-receipts:" + tenant, "zeroui:tenant-receipt-acks:" + tenant + ":other-edge",
                    "zeroui:tenant-receipt-acks:local:" + edge, "zeroui:tenant-receipt-acks:_:" + edge)) {
                refused(key, () -> read(redis, key));
                refused(key, () -> redis.xgroupCreate(key, "ide", new StreamEntryID(0, 0), true));
            }
            String own = "zeroui:tenant-receipt-acks:" + tenant + ":" + edge;
            assertThat(redis.xgroupCreate(own, "probe", new StreamEntryID(0, 0), true)).isEqualTo("OK");
            assertThat(read(redis, own)).as("its own acknowledgements").isNullOrEmpty();
            assertThat(redis.xlen("zeroui:ide-receipts:" + tenant)).isZero();
        }
    }

    private static List<Map.Entry<String, List<StreamEntry>>> read(Jedis redis, String key) {
        return redis.xreadGroup("probe", "x", new XReadGroupParams().count(1), Map.of(key, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
    }

    private static void refused(String key, ThrowingCallable access) {
        assertThat(catchThrowable(access)).as(key).isInstanceOf(JedisDataException.class).hasMessageContaining("NOPERM");
    }

    /** What its login lets it send, but as another tenant's receipt or as another edge. */
    private void forgesInVain(String url, Path fabric, SignedReceipts emitter, String id) throws IOException {
        EventEnvelope event = EventEnvelope.of(EventEnvelope.RECEIPT_SUBMITTED, "urn:zeroui:edge:" + edge, Instant.now(),
                emitter.decision("repo", id, receipt -> { }))
                .withExtension(EventEnvelope.EMITTER_KEY, emitter.keys().publicKey().base64())
                .withExtension(EventEnvelope.EPOCH, "forged").withExtension(EventEnvelope.SEQUENCE, "1");
        try (Jedis redis = new Jedis(url)) {
            for (EventEnvelope forged : List.of(
                    event.withTenantId(TenantId.DEFAULT).withExtension(EventEnvelope.EDGE_ID, edge),
                    event.withTenantId(TenantId.of(tenant)).withExtension(EventEnvelope.EDGE_ID, "edge-local"))) {
                Map<byte[], byte[]> fields = new HashMap<>();
                forged.toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
                assertThat(redis.xadd(("zeroui:ide-receipts:" + tenant).getBytes(StandardCharsets.UTF_8), new XAddParams(), fields))
                        .as("on its own tenant's stream").isNotEmpty();
            }
        }
        await().atMost(ARRIVED).untilAsserted(() -> assertThat(deadLetters(fabric)).contains("TENANT_MISMATCH", "as local's",
                "EDGE_NOT_ENROLLED", "the edge edge-local is not enrolled for " + tenant));
    }

    private static boolean lockedOut(String url) {
        try (Jedis redis = new Jedis(url)) {
            redis.ping();
            return false;
        } catch (JedisAccessControlException e) {
            return true;
        }
    }

    private static Http.Answer submit(RunningPlanes planes, byte[] line) {
        return Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line);
    }

    private String deadLetters(Path fabric) throws IOException {
        try (Stream<Path> files = Files.walk(fabric.resolve("tenant").resolve(tenant))) {
            return files.filter(file -> file.endsWith("dead-letters.jsonl")).map(EnrolledEdgeIT::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
