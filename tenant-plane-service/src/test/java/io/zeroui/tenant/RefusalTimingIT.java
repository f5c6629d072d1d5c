package io.zeroui.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.access.SecretHash;
import io.zeroui.testing.Endpoints;
import io.zeroui.testing.Endpoints.Answer;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TestCredentials;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * How long a refusal takes does not tell why. Requests of all kinds are interleaved in random order, so that what else the
 * machine does falls on all alike; the medians of 300 are compared, whose error is about a tenth of the median absolute
 * deviation that is the limit here.
 */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class RefusalTimingIT {

    private static final Logger LOG = Logger.getLogger(RefusalTimingIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM_UP = 100;
    private static final int REQUESTS = 300;
    private static final String CONTROL = "a key that nobody made";

    @TestHTTPResource("/")
    URI address;

    private Endpoints service;

    @Test
    void theTimeOfARefusalDoesNotTellItsReason() throws SQLException {
        service = new Endpoints(address.toString().replaceAll("/+$", ""));
        Map<String, String> credentials = credentials();
        Random random = new Random(7);
        measure(credentials, WARM_UP, random);
        Map<String, long[]> nanos = measure(credentials, REQUESTS, random);

        long[] control = nanos.get(CONTROL);
        nanos.forEach((kind, times) -> LOG.infof("%-28s median %d us, ratio %.3f; limit +-%d us", kind, median(times) / 1000,
                (double) median(times) / median(control), deviation(control) / 1000));
        nanos.forEach((kind, times) -> assertThat(isWithinNoise(times, control)).as(kind + " takes another time").isTrue());
    }

    @Test
    void aDifferenceOfTwoDeviationsIsFound() {
        Random random = new Random(7);
        long[] control = random.longs(REQUESTS, 500_000, 900_000).toArray();
        long[] same = random.longs(REQUESTS, 500_000, 900_000).toArray();
        long[] slower = Arrays.stream(same).map(time -> time + 2 * deviation(control)).toArray();
        long[] faster = Arrays.stream(same).map(time -> time - 2 * deviation(control)).toArray();
        assertThat(isWithinNoise(same, control)).isTrue();
        assertThat(isWithinNoise(slower, control)).isFalse();
        assertThat(isWithinNoise(faster, control)).isFalse();
    }

    private Map<String, String> credentials() throws SQLException {
        String unknown = ApiKey.generate(KeyScope.TENANT).reveal();
        await().atMost(PATIENCE).until(() -> status(unknown) == 401);
        String good = make();
        String revoked = make();
        String expired = make();
        assertThat(service.ask("DELETE", "/v1/credentials/" + id(revoked), null, admin()).status()).isEqualTo(204);
        try (Connection connection = RealRuntime.connect(RealRuntime.with(RuntimePart.TENANT).adminUrl(Plane.TENANT));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE access.api_keys SET expires_at = now() WHERE key_id = '" + id(expired) + "'"))
                    .isEqualTo(1);
        }
        await().atMost(PATIENCE).until(() -> status(expired) == 401);
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put(CONTROL, unknown);
        credentials.put("another that nobody made", ApiKey.generate(KeyScope.TENANT).reveal());
        credentials.put("a known key's wrong secret", wrongSecret(good));
        credentials.put("a revoked key", revoked);
        credentials.put("an expired key", expired);
        credentials.put("a key of another plane", ApiKey.generate(KeyScope.IDE).reveal());
        credentials.put("a key with a wrong checksum", unknown.substring(0, unknown.length() - 1) + "x");
        credentials.put("what is no key", "x".repeat(unknown.length()));
        return credentials;
    }

    private Map<String, long[]> measure(Map<String, String> credentials, int requests, Random random) {
        Map<String, long[]> nanos = new LinkedHashMap<>();
        credentials.keySet().forEach(kind -> nanos.put(kind, new long[requests]));
        List<String> order = new ArrayList<>(credentials.keySet());
        for (int i = 0; i < requests; i++) {
            Collections.shuffle(order, random);
            for (String kind : order) {
                long start = System.nanoTime();
                int status = status(credentials.get(kind));
                nanos.get(kind)[i] = System.nanoTime() - start;
                assertThat(status).as(kind).isEqualTo(401);
            }
        }
        return nanos;
    }

    private static boolean isWithinNoise(long[] times, long[] control) {
        return Math.abs(median(times) - median(control)) <= deviation(control);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The median absolute deviation. */
    private static long deviation(long[] values) {
        long middle = median(values);
        return median(Arrays.stream(values).map(value -> Math.abs(value - middle)).toArray());
    }

    private int status(String key) {
        return service.ask("GET", "/v1/status", null, Map.of("Authorization", "Bearer " + key)).status();
    }

    private String make() {
        Answer made = service.ask("POST", "/v1/credentials", "{\"name\":\"timing\",\"permissions\":[\"status:read\"]}", admin());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("key").asText();
    }

    private static Map<String, String> admin() {
        return Map.of("Authorization", TestCredentials.authorization());
    }

    private static String id(String key) {
        return ApiKey.parse(key).orElseThrow().keyId();
    }

    /** The same key id with another secret and the right checksum. */
    private static String wrongSecret(String key) {
        String[] parts = key.split("_", -1);
        String body = String.join("_", parts[0], parts[1], parts[2], ApiKey.generate(KeyScope.ALL).reveal().split("_", -1)[3]);
        return body + "_" + SecretHash.ofSecret(body).toString().substring(0, 8);
    }
}
