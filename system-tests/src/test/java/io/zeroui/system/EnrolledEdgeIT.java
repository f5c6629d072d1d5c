package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.Checkout;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

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
                assertThat(zeroui(planes, "tenants", "create", tenant)).contains("tenant " + tenant + " is active");
                zeroui(planes, "edges", "enrol", "--tenant", tenant, edge).lines().forEach(line -> {
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

                assertThat(zeroui(planes, "edges", "suspend", "--tenant", tenant, edge)).contains("is suspended");
                assertThat(zeroui(planes, "edges", "list", "--tenant", tenant)).contains(edge).contains("suspended");
                String held = SignedReceipts.newId();
                assertThat(submit(planes, emitter.decision("repo", held, receipt -> {
                })).status()).as("an edge that is locked out still keeps what it is given").isEqualTo(201);
                assertThat(lockedOut(settings.get("ZEROUI_IDE_REDIS_URL"))).isTrue();

                zeroui(planes, "edges", "resume", "--tenant", tenant, edge);
                await().atMost(ARRIVED).untilAsserted(() -> assertThat(
                        Http.get(planes.url(Plane.TENANT, "/v1/evidence/receipts/" + held)).status()).isEqualTo(200));

                zeroui(planes, "tenants", "suspend", tenant);
                submit(planes, emitter.decision("repo", SignedReceipts.newId(), receipt -> {
                })).json();
                await().atMost(ARRIVED).until(() -> deadLetters(fabric.path()).contains("TENANT_SUSPENDED"));
                assertThat(zeroui(planes, "edges", "remove", "--tenant", tenant, edge)).contains("is deleted");
                try (Jedis redis = runtime.redis()) {
                    assertThat(redis.aclUsers()).doesNotContain("zeroui-ide-" + edge);
                }
            }
        }
    }

    private static void mayOnlyUseItsOwnRoads(String url) {
        try (Jedis redis = new Jedis(url)) {
            for (String[] command : new String[][] { { "zeroui:tenant-evidence", "x" }, { "zeroui:product-tenants", "x" },
                    { "zeroui:ide:limits:any", "x" } }) {
                assertThat(catchThrowable(() -> redis.xadd(command[0],
                        StreamEntryID.NEW_ENTRY, Map.of("a", command[1]))))
                        .as(command[0]).isInstanceOf(JedisDataException.class).hasMessageContaining("NOPERM");
            }
        }
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

    /** Runs a command as an operator does, and returns what it prints. */
    private static String zeroui(RunningPlanes planes, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", Checkout.root().resolve("cli/target/zeroui-cli.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ZEROUI_PRODUCT_URL", planes.url(Plane.PRODUCT, ""));
        builder.environment().put("ZEROUI_ADMIN_KEY", TestCredentials.administrator().reveal());
        builder.environment().put("REDIS_URL", planes.runtime().redisUrl());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
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
