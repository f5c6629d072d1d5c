package io.zeroui.product.vectors.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Qdrant's unmodified JavaScript clients against this plane, each case a test of its own. */
@QuarkusTest
@TestProfile(QdrantClientIT.Limits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class QdrantClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CASES_LEAST = 60;
    private static final List<String> ALL = List.of("vectors:read", "vectors:write", "vectors:admin");

    @TestHTTPResource("/")
    URI address;
    @Inject
    DatabaseSchema schema;

    private Endpoints service;
    private String url;

    /** More reads than the cases need, but for the one that goes on until it is refused. */
    public static final class Limits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.limits.query.rate", "20", "zeroui.limits.query.burst", "1500", "zeroui.limits.redis-timeout", "PT10S");
        }
    }

    @BeforeEach
    void awaitSchemaAndKeys() {
        url = address.toString().replaceAll("/+$", "");
        service = new Endpoints(url);
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        String nobody = ApiKey.generate(KeyScope.TENANT).reveal();
        await().atMost(PATIENCE).until(() -> service.ask("GET", "/v1/status", null, Map.of("Authorization", "Bearer " + nobody)).status() == 401);
    }

    @TestFactory
    Stream<DynamicTest> version118() {
        return cases("1.18");
    }

    @TestFactory
    Stream<DynamicTest> version119() {
        return cases("1.19");
    }

    private Stream<DynamicTest> cases(String version) {
        String a = tenant();
        Map<String, String> keys = Map.of("a", key(a, ALL), "b", key(tenant(), ALL), "eager", key(tenant(), List.of("vectors:read")),
                "reader", key(a, List.of("vectors:read")), "unknown", ApiKey.generate(KeyScope.TENANT).reveal(), "tenantOfA", a);
        List<ClientSuite.Result> results = ClientSuite.run(version, url, keys);
        assertThat(results).as("cases of %s", version).hasSizeGreaterThanOrEqualTo(CASES_LEAST);
        return results.stream().map(result -> DynamicTest.dynamicTest(version + ": " + result.name(),
                () -> assertThat(result.error()).as("%s: %s", version, result.name()).isEmpty()));
    }

    private String tenant() {
        String tenant = "q-" + UUID.randomUUID();
        Answer made = service.ask("POST", "/v1/tenants", "{\"tenant_id\":\"" + tenant + "\"}", administrator());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return tenant;
    }

    private String key(String tenant, List<String> permissions) {
        String wish = "{\"name\":\"suite\",\"permissions\":[\"" + String.join("\",\"", permissions) + "\"],\"tenant_id\":\"" + tenant + "\"}";
        Answer made = service.ask("POST", "/v1/credentials", wish, administrator());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("key").asText();
    }

    private static Map<String, String> administrator() {
        return Map.of("Authorization", TestCredentials.authorization());
    }
}
