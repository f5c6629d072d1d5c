package io.zeroui.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.http.TestHTTPResource;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;

/** No endpoint of a plane answers without a credential, also none that will be added. Each plane service extends it. */
public abstract class ClosedEndpointsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String[] purpose;

    @TestHTTPResource("/")
    URI address = URI.create("http://not-injected/");

    private Endpoints endpoints = new Endpoints("");

    /** The rules for a plane that has these endpoints beside those of all planes, each {@code METHOD /path}. */
    protected ClosedEndpointsContract(String... purpose) {
        this.purpose = purpose;
    }

    @BeforeEach
    void look() {
        endpoints = new Endpoints(address.toString().replaceAll("/+$", ""));
    }

    @Test
    void theDescriptionListsWhatThisPlaneIsFor() {
        assertThat(endpoints.list()).contains(purpose)
                .contains("GET /v1/status", "POST /v1/credentials", "DELETE /v1/credentials/x");
    }

    @Test
    void everyEndpointRefusesWithoutACredential() {
        refused(endpoints.askAll(Map.of()));
    }

    @Test
    void everyEndpointRefusesAKeyThatNobodyMadeOnceTheKeysAreRead() {
        String unknown = ApiKey.generate(KeyScope.ALL).reveal();
        await().atMost(PATIENCE).until(() -> endpoints.ask("GET", "/v1/status", null,
                Map.of("Authorization", "Bearer " + unknown)).status() != 503);
        refused(endpoints.askAll(Map.of("Authorization", "Bearer " + unknown)));
    }

    @Test
    void noEndpointSaysThatTheAdministratorIsUnknownOrForbidden() {
        assertThat(endpoints.askAll(Map.of("Authorization", TestCredentials.authorization())))
                .allSatisfy(answer -> assertThat(answer.status()).as(answer.endpoint()).isNotIn(401, 403));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/v1/no-such-thing", "/", "/q/healthy", "/q/health/../metrics", "/q/openapi.x"})
    void whatIsNotOpenIsClosed(String path) {
        assertThat(endpoints.ask("GET", path, null, Map.of()).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/openapi", "/q/swagger-ui/"})
    void whatIsOpenAnswers(String path) {
        assertThat(endpoints.ask("GET", path, null, Map.of()).status()).isIn(200, 503);
    }

    private static void refused(List<Endpoints.Answer> answers) {
        assertThat(answers).hasSizeGreaterThan(4).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.endpoint()).isEqualTo(401);
            assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer realm=\"zeroui\"")
                    .containsEntry("content-type", "application/problem+json");
            assertThat(answer.json().at("/error/code").asText()).isEqualTo("UNAUTHORIZED");
        });
    }
}
