package io.zeroui.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.Endpoints;
import io.zeroui.testing.Endpoints.Answer;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.TestCredentials;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits as clients see them. */
@QuarkusTest
@TestProfile(RateLimitIT.SmallLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class RateLimitIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECEIPT = "/v1/evidence/receipts/" + UUID.randomUUID();

    @TestHTTPResource("/")
    URI address;
    @Inject
    DatabaseSchema schema;

    private Endpoints service;

    /** Three reads, and no more while a test runs; one check, and the next one soon. */
    public static final class SmallLimits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.limits.query.rate", "1", "zeroui.limits.query.per", "PT1H",
                    "zeroui.limits.query.burst", "3", "zeroui.limits.verify.rate", "1",
                    "zeroui.limits.verify.per", "PT3S", "zeroui.limits.verify.burst", "1",
                    "zeroui.limits.redis-timeout", "PT10S");
        }
    }

    @BeforeEach
    void awaitSchemaAndKeys() {
        service = new Endpoints(address.toString().replaceAll("/+$", ""));
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        String nobody = ApiKey.generate(KeyScope.TENANT).reveal();
        await().atMost(PATIENCE).until(() -> get("/v1/status", Map.of("Authorization", "Bearer " + nobody)).status() == 401);
    }

    @Test
    void whoIsOverTheLimitIsToldSoAndWhenToComeBack() {
        Map<String, String> key = key("evidence:read", "told");
        for (int left = 2; left >= 0; left--) {
            Answer good = get(RECEIPT, key);
            assertThat(good.status()).isEqualTo(404);
            assertThat(good.headers()).containsEntry("x-ratelimit-limit", "3")
                    .containsEntry("x-ratelimit-remaining", String.valueOf(left)).containsKey("x-ratelimit-reset")
                    .doesNotContainKey("retry-after");
        }
        Answer refused = get(RECEIPT, key);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("content-type", "application/problem+json")
                .containsEntry("x-ratelimit-limit", "3").containsEntry("x-ratelimit-remaining", "0")
                .containsKey("x-request-id");
        assertThat(Long.parseLong(refused.headers().get("retry-after"))).isBetween(1L, 3600L);
        long now = Instant.now().getEpochSecond();
        assertThat(Long.parseLong(refused.headers().get("x-ratelimit-reset"))).isBetween(now + 2 * 3600, now + 3 * 3600 + 1);
        JsonNode problem = refused.json();
        assertThat(problem.path("status").asInt()).isEqualTo(429);
        assertThat(problem.path("type").asText()).isEqualTo("urn:zeroui:problem:rate-limit-exceeded");
        assertThat(problem.at("/error/code").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(problem.at("/error/retryable").asBoolean()).isTrue();
        assertThat(problem.at("/error/details/limit").asText()).isEqualTo("query");
        assertThat(get("/q/metrics", admin()).body()).contains("zeroui_rate_limited_total{limit=\"query\"");
    }

    @Test
    void afterRetryAfterItPassesAgain() {
        Map<String, String> key = key("evidence:read", "patient");
        assertThat(get(RECEIPT + "/verify", key).status()).isEqualTo(404);
        Answer refused = get(RECEIPT + "/verify", key);
        assertThat(refused.status()).isEqualTo(429);
        long seconds = Long.parseLong(refused.headers().get("retry-after"));
        assertThat(seconds).isBetween(1L, 3L);
        assertThat(get(RECEIPT, key).status()).as("another limit").isEqualTo(404);

        await().pollDelay(Duration.ofSeconds(seconds)).atMost(PATIENCE)
                .until(() -> get(RECEIPT + "/verify", key).status() == 404);
    }

    @Test
    void aTenantsKeysShareItsTokensAndOtherTenantsHaveTheirOwn() {
        Map<String, String> one = key("evidence:read", "shared");
        Map<String, String> two = key("evidence:read", "shared");
        assertThat(get(RECEIPT, one).status()).isEqualTo(404);
        assertThat(get(RECEIPT, two).status()).isEqualTo(404);
        assertThat(get(RECEIPT, one).status()).isEqualTo(404);

        assertThat(get(RECEIPT, two).status()).isEqualTo(429);
        assertThat(get(RECEIPT, key("evidence:read", "unshared")).status()).isEqualTo(404);
        assertThat(get(RECEIPT, named(admin(), "shared")).status()).as("who names the tenant counts as it").isEqualTo(429);
        assertThat(get(RECEIPT, named(admin(), "unnamed")).status()).isEqualTo(404);
    }

    @Test
    void whoMayNotReachATenantDoesNotUseUpItsTokens() {
        for (int i = 0; i < 5; i++) {
            assertThat(get(RECEIPT, Map.of("X-Tenant-Id", "guarded")).status()).isEqualTo(401);
            assertThat(get(RECEIPT, named(key("status:read", "guarded"), "guarded")).status()).isEqualTo(403);
            assertThat(get(RECEIPT, named(key("evidence:read", null), "guarded")).status()).isEqualTo(403);
            assertThat(get(RECEIPT, named(key("evidence:read", "foreign-" + i), "guarded")).status()).isEqualTo(403);
        }
        assertThat(get(RECEIPT, key("evidence:read", "guarded")).headers()).containsEntry("x-ratelimit-remaining", "2");
    }

    @Test
    void whatIsNotATenantsHasNoLimitAndTheDescriptionSaysWhatHas() {
        for (int i = 0; i < 10; i++) {
            Answer status = get("/v1/status", admin());
            assertThat(status.status()).isEqualTo(200);
            assertThat(status.headers()).doesNotContainKey("x-ratelimit-limit");
        }
        JsonNode paths = get("/q/openapi?format=json", Map.of()).json().path("paths");
        JsonNode limited = paths.at("/~1v1~1evidence~1receipts~1{id}~1verify/get/responses/429");
        assertThat(limited.path("headers").fieldNames()).toIterable().contains("Retry-After", "X-RateLimit-Limit",
                "X-RateLimit-Remaining", "X-RateLimit-Reset");
        assertThat(paths.at("/~1v1~1evidence~1receipts~1{id}/get/responses").has("429")).isTrue();
        assertThat(paths.at("/~1v1~1status/get/responses").has("429")).isFalse();
    }

    private Map<String, String> key(String permission, String tenant) {
        String wish = "{\"name\":\"test\",\"permissions\":[\"" + permission + "\"]"
                + (tenant == null ? "" : ",\"tenant_id\":\"" + tenant + "\"") + "}";
        Answer made = service.ask("POST", "/v1/credentials", wish, admin());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return Map.of("Authorization", "Bearer " + made.json().path("key").asText());
    }

    private Answer get(String path, Map<String, String> headers) {
        return service.ask("GET", path, null, headers);
    }

    private static Map<String, String> admin() {
        return Map.of("Authorization", TestCredentials.authorization());
    }

    private static Map<String, String> named(Map<String, String> credential, String tenant) {
        return Map.of("Authorization", credential.get("Authorization"), "X-Tenant-Id", tenant);
    }
}
