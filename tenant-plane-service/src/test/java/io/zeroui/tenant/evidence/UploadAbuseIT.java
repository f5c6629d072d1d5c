package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.BadInput;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RawUpload;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are too long, too slow or not what they seem, and too many connections: each is ended, and others are served. */
@QuarkusTest
@Timeout(240)
@TestProfile(UploadAbuseIT.SmallPatience.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class UploadAbuseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SINGLE = "/v1/evidence/receipts";
    private static final String BULK = SINGLE + "/bulk";
    private static final String COURIER = SINGLE + "/courier-batch";
    private static final String SEARCH = "/v1/evidence/search";
    private static final long GIGABYTE = 1L << 30;
    private static final long MEGABYTE = 1L << 20;
    private static final int CONNECTIONS = 2_200;
    private static final int IDLE = 2_000;

    @Inject
    MeterRegistry meters;

    private final TenantId sleepy = TenantId.of("t-" + UUID.randomUUID());
    private final TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
    private IntakeClient client;
    private SignedReceipts emitter;

    /** Five seconds for any body and then four kilobytes a second; lines of streams two seconds; few connections. */
    public static final class SmallPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.limits.ingest.rate", "0", "zeroui.limits.query.rate", "0", "zeroui.http.body.grace", "PT5S",
                    "zeroui.http.body.bytes-per-second", "4096", "zeroui.evidence.intake.line-time", "PT2S",
                    "quarkus.http.limits.max-connections", Integer.toString(CONNECTIONS));
        }
    }

    @BeforeEach
    void register() {
        RegistryPlane.ensure(sleepy);
        RegistryPlane.ensure(tenant);
        IntakeClient admin = new IntakeClient(tenant);
        emitter = admin.trustedEmitter();
        client = admin.withKey("\"evidence:write\",\"evidence:read\"");
        await().atMost(PATIENCE).until(() -> client.submit(emitter.decision("core-api")).status() == 201);
    }

    @AfterEach
    void othersAreServed() {
        served();
    }

    @Test
    void aBodyOfAGigabyteIsCutOffWhetherItSaysHowLongItIsOrNot() throws Exception {
        long before = heap();
        for (boolean chunked : List.of(true, false)) {
            for (String path : List.of(SINGLE, COURIER, SEARCH)) {
                assertThat(flood(path, "application/json", chunked, 40 * MEGABYTE)).as(path + (chunked ? " chunked" : ""))
                        .startsWith("HTTP/1.1 413");
            }
            assertThat(flood(BULK, "application/x-ndjson", chunked, 320 * MEGABYTE)).as("a stream of one line")
                    .startsWith("HTTP/1.1 200").contains("\"status\":413", "TOO_LARGE");
            served();
        }
        assertThat(heap() - before).as("bytes that stay").isLessThan(64 * MEGABYTE);
    }

    @Test
    void whoSendsItAllBeforeReadingIsToldWhatWasWrong() throws Exception {
        for (boolean chunked : List.of(true, false)) {
            for (String path : List.of(SINGLE, COURIER, SEARCH)) {
                assertThat(sendThenRead(path, headers(sleepy, "application/json"), chunked)).as(path).startsWith("HTTP/1.1 413");
            }
            assertThat(sendThenRead(BULK, headers(sleepy, "text/plain"), chunked)).startsWith("HTTP/1.1 415");
            assertThat(sendThenRead(BULK, "Content-Type: application/x-ndjson", chunked)).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void whoHasNoCredentialIsNotReadFrom() throws Exception {
        for (boolean chunked : List.of(true, false)) {
            try (RawUpload upload = RawUpload.post(IntakeClient.port(), BULK, "Content-Type: application/x-ndjson", chunked, GIGABYTE)) {
                Thread flood = upload.flood(new byte[64 << 10], GIGABYTE >> 16);
                assertThat(upload.answer()).startsWith("HTTP/1.1 401");
                flood.join();
                assertThat(upload.sent()).isLessThan(40 * MEGABYTE);
            }
        }
    }

    @Test
    void slowBodiesAreEndedAndHoldNobodyUp() throws Exception {
        List<RawUpload> slow = new ArrayList<>();
        ExecutorService readers = Executors.newCachedThreadPool();
        Thread drip = new Thread(() -> drip(slow), "drip");
        try {
            for (int i = 0; i < 200; i++) {
                String path = List.of(SINGLE, BULK, COURIER, SEARCH).get(i % 4);
                slow.add(RawUpload.post(IntakeClient.port(), path, headers(sleepy, path.equals(BULK) ? "application/x-ndjson" : "application/json"),
                        i % 8 < 4, 200_000));
            }
            byte[] begun = new byte[12_000];
            Arrays.fill(begun, (byte) ' ');
            for (RawUpload one : slow) {
                one.send(begun);
            }
            drip.start();
            served();
            List<Future<String>> answers = slow.stream().map(one -> readers.submit(one::answer)).toList();
            for (Future<String> answer : answers) {
                String text = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(text.isEmpty() || text.startsWith("HTTP/1.1 503") || text.startsWith("HTTP/1.1 408")
                        || text.startsWith("HTTP/1.1 200")).as(text).isTrue();
                assertThat(text).doesNotContain("\"status\":201");
            }
        } finally {
            drip.interrupt();
            readers.shutdownNow();
            close(slow);
        }
        assertThat(meters.counter("zeroui.http.slow.bodies").count()).as("connections that were closed").isGreaterThan(20);
    }

    @Test
    void manySilentConnectionsAreHeldAndNobodyGetsMoreThanThereMayBe() throws Exception {
        long files = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class).getMaxFileDescriptorCount();
        assertThat(files).as("ulimit -n: both ends of each connection are files of this process").isGreaterThan(3L * CONNECTIONS);
        List<RawUpload> silent = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE; i++) {
                RawUpload one = health();
                assertThat(one.next()).startsWith("HTTP/1.1 200");
                silent.add(one);
            }
            for (int i = 0; i < 20; i++) {
                served();
            }
            silent.get(IDLE / 2).write(BadInput.utf8("GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertThat(silent.get(IDLE / 2).next()).startsWith("HTTP/1.1 200");
            boolean refused = false;
            while (!refused && silent.size() <= CONNECTIONS) {
                RawUpload one = health();
                silent.add(one);
                refused = one.next().isEmpty();
            }
            assertThat(refused).as("a connection too many was closed").isTrue();
        } finally {
            close(silent);
        }
    }

    @Test
    void compressedBodiesAreNotUnpacked() throws Exception {
        byte[] bomb = bomb();
        long before = heap();
        for (String path : List.of(SINGLE, COURIER, SEARCH, BULK)) {
            String type = path.equals(BULK) ? "application/x-ndjson" : "application/json";
            try (RawUpload upload = RawUpload.post(IntakeClient.port(), path, headers(sleepy, type) + "\r\nContent-Encoding: gzip\r\nConnection: close", false,
                    bomb.length)) {
                upload.send(bomb);
                String answer = upload.answer();
                assertThat(answer).as(path).matches(path.equals(BULK) ? "(?s)HTTP/1.1 200.*\"status\":4\\d\\d.*"
                        : "(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("\"status\":201");
            }
        }
        assertThat(heap() - before).isLessThan(32 * MEGABYTE);
    }

    @Test
    void floodsOfHeadersAndEndlessAddressesAreRefused() throws Exception {
        String get = "GET /q/health/live HTTP/1.1\r\nHost: x";
        List<String> heads = List.of(get + "\r\nX-Long: " + "x".repeat(100_000),
                get + "\r\nX-Some: y".repeat(10_000), "GET /" + "x".repeat(1_000_000) + " HTTP/1.1\r\nHost: x");
        for (String head : heads) {
            try (RawUpload upload = new RawUpload(IntakeClient.port(), head, false)) {
                String answer = upload.answer();
                assertThat(answer.isEmpty() || answer.matches("(?s)HTTP/1.[01] (400|414|431) .*"))
                        .as(answer).isTrue();
            } catch (IOException cutOff) {
                served();
            }
        }
    }

    private void served() {
        assertThat(client.submit(emitter.decision("core-api")).status()).isEqualTo(201);
        assertThat(client.bulk(emitter.decisions("core-api", 2)))
                .allSatisfy(result -> assertThat(result.path("status").asInt()).isEqualTo(201));
        assertThat(client.get("/v1/evidence/health").status()).isEqualTo(200);
    }

    /** Sends a gigabyte of blanks and returns what is answered; at most so many bytes are taken. */
    private String flood(String path, String type, boolean chunked, long most) throws Exception {
        byte[] block = new byte[64 << 10];
        Arrays.fill(block, (byte) ' ');
        try (RawUpload upload = RawUpload.post(IntakeClient.port(), path, headers(sleepy, type), chunked, GIGABYTE)) {
            Thread flood = upload.flood(block, GIGABYTE / block.length);
            String answer = upload.answer();
            flood.join();
            assertThat(upload.sent()).as("bytes that %s took", path).isLessThan(most);
            return answer;
        }
    }

    /** The places of large bodies may still be taken by those of another test. */
    private static String sendThenRead(String path, String headers, boolean chunked) {
        return await().atMost(PATIENCE).until(() -> sendAll(path, headers, chunked), answer -> !answer.startsWith("HTTP/1.1 503"));
    }

    private static String sendAll(String path, String headers, boolean chunked) throws Exception {
        byte[] block = new byte[64 << 10];
        long blocks = path.equals(SEARCH) ? 200 : 80;
        try (RawUpload upload = RawUpload.post(IntakeClient.port(), path, headers, chunked, blocks * block.length)) {
            for (int i = 0; i < blocks; i++) {
                upload.send(block);
            }
            TimeUnit.MILLISECONDS.sleep(200);
            return upload.answer();
        }
    }

    private static void drip(List<RawUpload> uploads) {
        try {
            while (true) {
                for (RawUpload one : uploads) {
                    dripInto(one);
                }
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void dripInto(RawUpload upload) {
        try {
            upload.send(new byte[] { ' ' });
        } catch (IOException ended) {
            return;
        }
    }

    private static RawUpload health() throws IOException {
        return new RawUpload(IntakeClient.port(), "GET /q/health/live HTTP/1.1\r\nHost: x", false);
    }

    private static String headers(TenantId tenant, String type) {
        return "Authorization: " + TestCredentials.authorization() + "\r\nX-Tenant-Id: " + tenant + "\r\nContent-Type: " + type;
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(block);
            }
        }
        return packed.toByteArray();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void close(List<RawUpload> uploads) throws IOException {
        for (RawUpload one : uploads) {
            one.close();
        }
    }
}
